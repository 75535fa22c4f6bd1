package dev.sightline.stats.measure;

import static dev.sightline.stats.Oracle.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.stats.Lcg;
import dev.sightline.stats.Oracle;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Holds every measure against scikit-learn's values: `src/test/oracle/measures.py`.
class MeasureOracleTest {
  private static final double EXACT = 1e-12;
  private static final JsonNode TABLE = Oracle.committed("measures.json");
  private static final Resampling NO_RESAMPLES = new Resampling(0.95, 0, 1);

  @Test
  void classesEqualScikitLearn() {
    for (JsonNode each : TABLE.get("classes")) {
      ConfusionCounts counts = counts(each);
      JsonNode want = each.get("want");
      want.propertyNames().forEach(key -> checkClassMeasure(each, key, counts, want.get(key)));
    }
  }

  @Test
  void classRowsEqualScikitLearn() {
    for (JsonNode each : TABLE.get("classes")) {
      ConfusionCounts counts = counts(each);
      var report = ClassificationReport.of(counts, rules(Averaging.MACRO, ZeroDivision.ZERO));
      assertThat(report.classes()).hasSize(each.get("labels").size());
      for (int place = 0; place < report.classes().size(); place++) {
        var row = report.classes().get(place);
        assertThat(row.oneClass()).isEqualTo(each.get("labels").get(place).asInt());
        assertThat(row.support()).isEqualTo(each.get("support").get(place).asLong());
        check(row.precision(), each.get("per_class").get(0).get(place));
        check(row.recall(), each.get("per_class").get(1).get(place));
        check(row.f1(), each.get("per_class").get(2).get(place));
        if (!each.get("specificity").get(place).isNull()) {
          check(row.specificity(), each.get("specificity").get(place));
        }
      }
      JsonNode confusion = each.get("confusion");
      for (int truth = 0; truth < confusion.size(); truth++) {
        for (int prediction = 0; prediction < confusion.size(); prediction++) {
          assertThat(counts.count(truth, prediction))
              .isEqualTo(confusion.get(truth).get(prediction).asLong());
        }
      }
    }
  }

  @Test
  void probabilitiesEqualScikitLearn() {
    for (JsonNode each : TABLE.get("scores")) {
      ClassProbabilities rows = probabilities(each);
      ClassAreas areas = new ClassAreas(rows, 0.95);
      JsonNode want = each.get("want");
      check(rows.logLoss(NO_RESAMPLES), want.get("log_loss"));
      check(rows.brier(NO_RESAMPLES), want.get("brier"));
      check(rows.topK(1, NO_RESAMPLES), want.get("top_1"));
      check(rows.topK(2, NO_RESAMPLES), want.get("top_2"));
      check(rows.topK(3, NO_RESAMPLES), want.get("top_3"));
      check(areas.rocOneVersusRest(Averaging.MACRO), want.get("ovr_macro"));
      check(areas.rocOneVersusRest(Averaging.WEIGHTED), want.get("ovr_weighted"));
      check(areas.rocOneVersusRest(Averaging.MICRO), want.get("ovr_micro"));
      check(areas.averagePrecision(Averaging.MACRO), want.get("average_precision_macro"));
      check(areas.averagePrecision(Averaging.WEIGHTED), want.get("average_precision_weighted"));
      check(areas.averagePrecision(Averaging.MICRO), want.get("average_precision_micro"));
      check(areas.rocOneVersusOne(Averaging.MACRO), want.get("ovo_macro"));
      check(areas.rocOneVersusOne(Averaging.WEIGHTED), want.get("ovo_weighted"));
    }
  }

  @Test
  void scoresEqualScikitLearn() {
    for (JsonNode each : TABLE.get("binary")) {
      int n = each.get("n").asInt();
      int steps = each.get("steps").asInt();
      Lcg lcg = new Lcg(each.get("seed").asLong());
      double[] p = new double[n];
      boolean[] y = new boolean[n];
      int[] truth = new int[n];
      for (int row = 0; row < n; row++) {
        double u = lcg.u();
        p[row] = steps == 0 ? u : Math.floor(u * steps) / steps;
        y[row] = lcg.u() < Math.pow(u, 1.3);
        truth[row] = y[row] ? 1 : 0;
      }
      ScoredTruths scored = ScoredTruths.of(p, y);
      ClassProbabilities rows = ClassProbabilities.ofBinary(truth, p);
      JsonNode want = each.get("want");
      check(scored.rocAuc(1, 0.95), want.get("roc_auc"));
      check(scored.averagePrecision(1, 0.95), want.get("average_precision"));
      check(rows.logLoss(NO_RESAMPLES), want.get("log_loss"));
      check(rows.brier(NO_RESAMPLES), want.get("brier"));
      checkCalibration(Calibration.of(p, y, 10, NO_RESAMPLES), each);
      checkRoc(ThresholdCurve.of(scored, Integer.MAX_VALUE), each.get("roc"));
      checkPrecision(ThresholdCurve.of(scored, Integer.MAX_VALUE), each.get("precision_recall"));
    }
  }

  @Test
  void numbersEqualScikitLearn() {
    for (JsonNode each : TABLE.get("numbers")) {
      int n = each.get("n").asInt();
      Lcg lcg = new Lcg(each.get("seed").asLong());
      double[] truth = new double[n];
      double[] guess = new double[n];
      for (int row = 0; row < n; row++) {
        truth[row] = 10 * lcg.u() + 1;
      }
      for (int row = 0; row < n; row++) {
        guess[row] = Math.abs(truth[row] + 0.8 * lcg.normal()) + each.get("offset").asDouble();
      }
      JsonNode want = each.get("want");
      for (double quantile : new double[] {0.05, 0.5, 0.9}) {
        ErrorSums sums = new ErrorSums(quantile);
        for (int row = 0; row < n; row++) {
          sums.add(truth[row], guess[row]);
        }
        Map<RegressionMeasure, Measured> measures = sums.measures(1, 0.95);
        for (RegressionMeasure measure : RegressionMeasure.values()) {
          String name = measure.name().toLowerCase(Locale.ROOT);
          String key = measure == RegressionMeasure.PINBALL ? "pinball_" + quantile : name;
          check(measures.get(measure), want.get(key));
        }
      }
      check(new RegressionRows(truth, guess).medianAbsoluteError(0.95), want.get("median"));
      for (String power : List.of("-1", "0", "1.5", "2.5", "3")) {
        check(
            Deviance.mean(Double.parseDouble(power), truth, guess, 0.95),
            want.get("tweedie_" + power));
      }
    }
  }

  @Test
  void rankingsEqualScikitLearn() {
    for (JsonNode each : TABLE.get("rankings")) {
      int n = each.get("n").asInt();
      Lcg lcg = new Lcg(each.get("seed").asLong());
      double[] relevance = new double[n];
      double[] scores = new double[n];
      for (int row = 0; row < n; row++) {
        relevance[row] = lcg.below(4);
      }
      for (int row = 0; row < n; row++) {
        scores[row] = lcg.below(each.get("steps").asInt());
      }
      Ranking ranking = new Ranking(relevance, scores);
      JsonNode want = each.get("want");
      Oracle.check("dcg", ranking.dcg(n), want.get("dcg").asDouble(), EXACT);
      check(ranking.ndcg(n), want.get("ndcg"));
      for (int k : new int[] {1, 3, 5, 10}) {
        check(ranking.ndcg(k), want.get("ndcg_" + k));
      }
    }
  }

  @Test
  void meansOfRankingsEqualThePlainDefinitions() {
    for (JsonNode each : TABLE.get("lists")) {
      Lcg lcg = new Lcg(each.get("seed").asLong());
      RankingSums sums = new RankingSums(List.of(1, 3, 5, 10), 100);
      for (int list = 0; list < each.get("lists").asInt(); list++) {
        sums.add(ranking(lcg, each.get("candidates").asInt(), each.get("shown").asInt()));
      }
      sums.measures(1, NO_RESAMPLES)
          .forEach(
              (cut, got) -> {
                String word = cut.measure().name().toLowerCase(Locale.ROOT);
                String key = cut.k() == 0 ? word : word + "_" + cut.k();
                // Beyond the list, scikit-learn goes on with what was not shown.
                JsonNode want = each.get("want").get(key);
                if (want != null) {
                  Oracle.check(key, value(got), want.get(0).asDouble(), EXACT);
                  assertThat(got.n()).as(key).isEqualTo(want.get(1).asLong());
                }
              });
    }
  }

  /// The best of some candidates are shown, the others missed.
  private static Ranking ranking(Lcg lcg, int candidates, int shown) {
    double[] grades = new double[candidates];
    Integer[] order = new Integer[candidates];
    double[] scores = new double[candidates];
    for (int item = 0; item < candidates; item++) {
      grades[item] = Math.max(0, lcg.below(6) - 3);
      order[item] = item;
    }
    for (int item = 0; item < candidates; item++) {
      scores[item] = lcg.u();
    }
    Arrays.sort(order, Comparator.comparingDouble(item -> -scores[item]));
    double[] missed = Arrays.stream(order).skip(shown).mapToDouble(item -> grades[item]).toArray();
    // In the order of the candidates, so that it is the scores that decide.
    int[] listed = Arrays.stream(order).limit(shown).mapToInt(item -> item).sorted().toArray();
    return new Ranking(
        Arrays.stream(listed).mapToDouble(item -> grades[item]).toArray(),
        Arrays.stream(listed).mapToDouble(item -> scores[item]).toArray(),
        missed);
  }

  private static void checkClassMeasure(
      JsonNode each, String key, ConfusionCounts counts, JsonNode want) {
    String[] words = key.split("_", -1);
    boolean averaged = words.length == 3;
    ClassMeasure measure =
        switch (averaged ? words[0] : key) {
          case "hamming" -> ClassMeasure.HAMMING_LOSS;
          case "f2", "f05" -> ClassMeasure.F_BETA;
          default -> ClassMeasure.valueOf((averaged ? words[0] : key).toUpperCase(Locale.ROOT));
        };
    ClassRules rules =
        averaged
            ? rules(
                Averaging.valueOf(words[1].toUpperCase(Locale.ROOT)),
                ZeroDivision.valueOf(words[2].toUpperCase(Locale.ROOT)),
                key.startsWith("f05") ? 0.5 : 2)
            : rules(Averaging.MACRO, ZeroDivision.ZERO);
    Measured got = ClassificationReport.of(counts, rules).measures().get(measure);
    if (want.isNull()) {
      assertThat(got).as(key).isInstanceOf(Measured.Undefined.class);
    } else {
      Oracle.check("seed " + each.get("seed") + " " + key, value(got), want.asDouble(), EXACT);
    }
  }

  private static void checkCalibration(Calibration calibration, JsonNode each) {
    check(calibration.expectedError(), each.get("want").get("ece"));
    JsonNode curve = each.get("calibration");
    assertThat(calibration.bins()).hasSize(curve.get(0).size());
    for (int bin = 0; bin < calibration.bins().size(); bin++) {
      check(calibration.bins().get(bin).happened(), curve.get(0).get(bin));
      double promised = calibration.bins().get(bin).promised();
      Oracle.check("promised", promised, curve.get(1).get(bin).asDouble(), EXACT);
    }
  }

  /// scikit-learn's points go up with the threshold, ours down; its last one has no threshold.
  private static void checkPrecision(ThresholdCurve curve, JsonNode points) {
    int count = curve.points().size();
    for (int point = 0; points.size() > 0 && point < count; point++) {
      ClassCounts counts = curve.points().get(point).counts();
      int place = count - 1 - point;
      Oracle.check(
          "precision",
          counts.precision(ZeroDivision.ZERO),
          points.get(0).get(place).asDouble(),
          EXACT);
      Oracle.check(
          "recall", counts.recall(ZeroDivision.ZERO), points.get(1).get(place).asDouble(), EXACT);
      Oracle.check(
          "threshold",
          curve.points().get(point).threshold(),
          points.get(2).get(place).asDouble(),
          EXACT);
    }
  }

  private static void checkRoc(ThresholdCurve curve, JsonNode roc) {
    for (int point = 0; roc.size() > 0 && point < curve.points().size(); point++) {
      ClassCounts counts = curve.points().get(point).counts();
      // scikit-learn's curve begins with a point before the first threshold.
      double falsePositiveRate = roc.get(0).get(point + 1).asDouble();
      double recall = roc.get(1).get(point + 1).asDouble();
      Oracle.check("roc", 1 - counts.specificity(ZeroDivision.ZERO), falsePositiveRate, EXACT);
      Oracle.check("roc", counts.recall(ZeroDivision.ZERO), recall, EXACT);
    }
  }

  private static void check(Measured got, JsonNode want) {
    Oracle.check("value", value(got), want.asDouble(), EXACT);
  }

  private static ClassRules rules(Averaging averaging, ZeroDivision zeroDivision) {
    return rules(averaging, zeroDivision, 2);
  }

  private static ClassRules rules(Averaging averaging, ZeroDivision zeroDivision, double beta) {
    return new ClassRules(averaging, zeroDivision, 1, beta, 1, NO_RESAMPLES);
  }

  private static ConfusionCounts counts(JsonNode each) {
    Lcg lcg = new Lcg(each.get("seed").asLong());
    ConfusionCounts counts = new ConfusionCounts(1);
    for (int row = 0; row < each.get("n").asInt(); row++) {
      int truth = lcg.below(each.get("k").asInt());
      boolean lucky = lcg.u() < each.get("quality").asDouble();
      int other = lcg.below(each.get("predicted").asInt());
      counts.add(truth, lucky ? truth : other);
    }
    return counts;
  }

  private static ClassProbabilities probabilities(JsonNode each) {
    int n = each.get("n").asInt();
    int k = each.get("k").asInt();
    Lcg lcg = new Lcg(each.get("seed").asLong());
    int[] truth = new int[n];
    double[] probabilities = new double[n * k];
    for (int row = 0; row < n; row++) {
      truth[row] = lcg.below(k);
      double total = 0;
      for (int c = 0; c < k; c++) {
        probabilities[row * k + c] = lcg.u() + (c == truth[row] ? 0.4 : 0);
        total += probabilities[row * k + c];
      }
      for (int c = 0; c < k; c++) {
        probabilities[row * k + c] /= total;
      }
    }
    return new ClassProbabilities(truth, probabilities, k);
  }
}
