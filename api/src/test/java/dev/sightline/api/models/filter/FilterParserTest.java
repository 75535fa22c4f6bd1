package dev.sightline.api.models.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionSource.Labelled;
import dev.sightline.model.query.QueryException;
import dev.sightline.testkit.Seeds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FilterParserTest {
  private static final Labelled ROW = row();

  private static Labelled row() {
    Map<String, Datum> features = new LinkedHashMap<>();
    features.put("age", new Datum.Amount(31));
    features.put("country of birth", new Datum.Text("E\"S"));
    features.put("new", new Datum.Flag(true));
    features.put("none", new Datum.Missing());
    features.put("list", new Datum.Items(List.of()));
    return new Labelled(
        new Prediction(
            "p1",
            "m",
            "7",
            1_000,
            features,
            new Datum.Text("a"),
            0.5,
            Map.of("a", 0.25),
            null,
            Map.of("source", "web")),
        new GroundTruth("m", "p1", new Datum.Text("b"), 2_000));
  }

  private static void check(String filter, boolean want) {
    assertThat(new RowMatch(FilterParser.parse(filter)).test(ROW)).as(filter).isEqualTo(want);
  }

  @Test
  void saysWhetherARowIsWanted() {
    check(
        "prediction = \"a\" and confidence < 0.6 and feature.age > 30 and truth != prediction",
        true);
    check("prediction=\"a\"and(has(truth))", true);
    check("truth = prediction", false);
    check("not truth = prediction", true);
    check("truth = prediction or version = \"7\"", true);
    check("version = 7", true);
    check("id = \"p1\"", true);
    check("feature.age = 31.0", true);
    check("feature.age >= 31 and feature.age <= 31", true);
    check("feature.age > 31 or feature.age < 31", false);
    check("feature.age >= 1e1", true);
    check("feature.age > -5", true);
    check("feature.\"country of birth\" = \"E\\\"S\"", true);
    check("feature.new = true", true);
    check("feature.new = false", false);
    check("probability.a = 0.25", true);
    check("tag.source = \"web\"", true);
    // what the pages ask of a segment: a feature, or else a tag
    check(segment("source", "web"), true);
    check(segment("source", "app"), false);
    check(segment("age", "31") + " and " + segment("source", "web"), true);
    check(
        "(feature.\"age\" = \"[30, 45)\" or feature.\"age\" >= 30 and feature.\"age\" < 45)", true);
    check("not has(feature.\"none\") and not has(tag.\"none\")", true);
    // "or" binds less than "and"
    check("id = \"x\" and id = \"y\" or id = \"p1\"", true);
    check("id = \"p1\" or id = \"x\" and id = \"y\"", true);
    check("(id = \"p1\" or id = \"x\") and id = \"y\"", false);
    // what is absent, null or a list equals nothing, and differs from nothing
    check("latency_ms = 5 or latency_ms != 5 or latency_ms < 5 or latency_ms >= 5", false);
    check("feature.none != 1", false);
    check("feature.list != 1", false);
    check("has(feature.none) or has(feature.nowhere) or has(tag.x)", false);
    check("has(feature.list)", true);
    // words are not less or more
    check("prediction > 1 or prediction <= 1", false);
  }

  private static String segment(String name, String value) {
    String is = " = \"" + value + "\"";
    String feature = "feature.\"" + name + "\"";
    return "(" + feature + is + " or not has(" + feature + ") and tag.\"" + name + "\"" + is + ")";
  }

  private static void refused(String filter, String message) {
    assertThatThrownBy(() -> FilterParser.parse(filter))
        .as(filter)
        .isInstanceOf(QueryException.BadQuery.class)
        .hasMessage(message);
  }

  @Test
  void saysWhatIsWrongAndWhere() {
    refused(
        "",
        "filter 1:1: ends, expected a value or one of id, version, prediction, truth, confidence,"
            + " latency_ms, feature.NAME, probability.NAME, tag.NAME");
    refused("prediction", "filter 1:11: ends, expected one of = != < <= > >=");
    refused(
        "truth == 1",
        "filter 1:8: found \"=\", expected a value or one of id, version,"
            + " prediction, truth, confidence, latency_ms, feature.NAME, probability.NAME, tag.NAME");
    refused("truth = 1 id = 2", "filter 1:11: found \"i\", expected \"and\", \"or\" or the end");
    refused("(truth = 1", "filter 1:11: ends, expected \")\"");
    refused("has(1)", "filter 1:6: has() takes a place, such as truth or feature.age");
    refused("id = \"x", "filter 1:6: a text without its closing quote");
    refused("id = \"\\x\"", "filter 1:7: a backslash stands before \" or \\ only");
    refused("feature. = 1", "filter 1:9: found \" \", expected a name, or one in quotes");
    refused("id = 1.2.3", "filter 1:6: \"1.2.3\" is no number");
    refused(
        "id =\n  1 and\n  and",
        "filter 3:3: found \"a\", expected a value or one of id, version,"
            + " prediction, truth, confidence, latency_ms, feature.NAME, probability.NAME, tag.NAME");
    refused("(".repeat(30) + "id = 1", "filter 1:21: nested deeper than 20");
    refused("x".repeat(2_001), "filter: 2001 characters, the limit is 2000");
  }

  @Test
  void anyTextIsReadOrRefused() {
    String[] pieces = {
      "id",
      "truth",
      "feature.",
      "\"x\"",
      "\"",
      "=",
      "!=",
      "<",
      ">=",
      "(",
      ")",
      "and",
      "or",
      "not",
      "has",
      " ",
      "1",
      "-",
      ".",
      "\\",
      "ü",
      "true",
      "e",
      "\n"
    };
    Seeds.check(
        2_000,
        seed -> {
          SplittableRandom random = new SplittableRandom(seed);
          StringBuilder text = new StringBuilder();
          for (int i = random.nextInt(12); i > 0; i--) {
            text.append(pieces[random.nextInt(pieces.length)]);
          }
          try {
            new RowMatch(FilterParser.parse(text.toString())).test(ROW);
          } catch (QueryException.BadQuery refused) {
            assertThat(refused).hasMessageStartingWith("filter");
          }
        });
  }
}
