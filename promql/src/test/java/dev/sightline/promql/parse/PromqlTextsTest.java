package dev.sightline.promql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.model.label.Matcher;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PromqlTextsTest {
  private final PromqlTexts texts = new PromqlTexts();

  @Test
  void shortQueriesStayOnOneLine() {
    assertThat(texts.formatted("sum by(job)(rate( http_requests_total[5m] ))"))
        .isEqualTo("sum by (job) (rate(http_requests_total[5m]))");
  }

  @Test
  void longQueriesAreBrokenAtTheirParts() {
    String query =
        "sum by (job, instance) (rate(http_requests_total{code=~\"5..\", path!=\"/healthy\"}[5m]))"
            + " / on (job, instance) sum by (job, instance) (rate(http_requests_total[5m]))";
    assertThat(texts.formatted(query))
        .isEqualTo(
            """
              sum by (job, instance) (rate(http_requests_total{code=~"5..",path!="/healthy"}[5m]))
            / on (job, instance)
              sum by (job, instance) (rate(http_requests_total[5m]))""");
  }

  @Test
  void whatIsLaidOutIsTheSameQuery() {
    for (long seed = 1; seed <= 300; seed++) {
      String query = new RandomQuery(new Random(seed)).vector(4);
      String printed = Printer.print(PromqlParser.parse(query));
      String laidOut = texts.formatted(query);
      assertThat(Printer.print(PromqlParser.parse(laidOut))).as("seed %s", seed).isEqualTo(printed);
    }
  }

  @Test
  void treesHavePrometheussNames() {
    assertThat(texts.tree("-up{job=\"a\"} offset 5m").toString())
        .isEqualTo(
            "{type=unaryExpr, op=-, expr={type=vectorSelector, name=up, matchers=["
                + matchers(List.of(List.of("__name__", "up"), List.of("job", "a")))
                + "], offset=300000, offsetExpr=null, timestamp=null, startOrEnd=null,"
                + " anchored=false, smoothed=false}}");
    assertThat(texts.tree("rate(x[5m:1m] @ end())"))
        .containsEntry("type", "call")
        .extractingByKey("func")
        .isEqualTo(
            Map.of(
                "name",
                "rate",
                "argTypes",
                List.of("matrix"),
                "variadic",
                0L,
                "returnType",
                "vector"));
    assertThat(texts.tree("a / on (b) group_left (c) d").get("matching").toString())
        .isEqualTo(
            "{card=many-to-one, labels=[b], on=true, include=[c], fillValues={lhs=null, rhs=null}}");
  }

  private static String matchers(List<List<String>> pairs) {
    return String.join(
        ", ",
        pairs.stream()
            .map(
                pair ->
                    Map.of("name", pair.getFirst(), "value", pair.getLast(), "type", "=")
                        .toString())
            .toList());
  }

  @Test
  void selectorsComeInTheOrderOfTheText() {
    assertThat(texts.selectors("topk(scalar(a), max_over_time(b[5m:1m])) + rate(c{x=\"1\"}[5m])"))
        .hasSize(3)
        .last()
        .isEqualTo(List.of(Matcher.equal("__name__", "c"), Matcher.equal("x", "1")));
  }
}
