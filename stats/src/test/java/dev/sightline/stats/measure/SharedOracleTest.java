package dev.sightline.stats.measure;

import static dev.sightline.stats.Oracle.value;

import dev.sightline.stats.Lcg;
import dev.sightline.stats.Oracle;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Holds measures against the numbers that were collected from other products.
class SharedOracleTest {
  private static final Resampling NO_RESAMPLES = new Resampling(0.95, 0, 1);

  @Test
  void binaryEqualsScikitLearn() {
    JsonNode want = Oracle.shared().get("binary");
    int n = want.get("n").asInt();
    Lcg lcg = new Lcg(7);
    double[] p = new double[n];
    for (int row = 0; row < n; row++) {
      p[row] = lcg.u();
    }
    boolean[] y = new boolean[n];
    int[] truth = new int[n];
    ConfusionCounts counts = new ConfusionCounts(2);
    for (int row = 0; row < n; row++) {
      y[row] = lcg.u() < Math.pow(p[row], 1.3);
      truth[row] = y[row] ? 1 : 0;
      counts.add(truth[row], p[row] > 0.5 ? 1 : 0);
    }
    var measures = report(counts, Averaging.BINARY, ZeroDivision.ZERO);
    check(measures.get(ClassMeasure.ACCURACY), want.get("accuracy"));
    check(measures.get(ClassMeasure.PRECISION), want.get("precision"));
    check(measures.get(ClassMeasure.RECALL), want.get("recall"));
    check(measures.get(ClassMeasure.F1), want.get("f1"));
    check(measures.get(ClassMeasure.F_BETA), want.get("f2"));
    check(measures.get(ClassMeasure.MCC), want.get("mcc"));
    check(measures.get(ClassMeasure.KAPPA), want.get("kappa"));
    check(measures.get(ClassMeasure.BALANCED_ACCURACY), want.get("balanced"));
    check(measures.get(ClassMeasure.JACCARD), want.get("jaccard"));
    check(ScoredTruths.of(p, y).rocAuc(1, 0.95), want.get("roc_auc"));
    check(ScoredTruths.of(p, y).averagePrecision(1, 0.95), want.get("average_precision"));
    ClassProbabilities rows = ClassProbabilities.ofBinary(truth, p);
    check(rows.logLoss(NO_RESAMPLES), want.get("log_loss"));
    check(rows.brier(NO_RESAMPLES), want.get("brier"));
  }

  @Test
  void claraDefinitionsAreThoseOfTheMonitor() {
    JsonNode want = Oracle.shared().get("seed002_example");
    ConfusionCounts counts = new ConfusionCounts(6);
    for (int row = 0; row < want.get("y").size(); row++) {
      counts.add(want.get("y").get(row).asInt(), want.get("yhat").get(row).asInt());
    }
    var clara = ClassificationReport.of(counts, ClassRules.CLARA).measures();
    check(clara.get(ClassMeasure.PRECISION), want.get("precision_weighted_zd1"));
    check(clara.get(ClassMeasure.RECALL), want.get("recall_micro"));
    check(clara.get(ClassMeasure.F1), want.get("f1_weighted_zd1"));
    check(clara.get(ClassMeasure.ACCURACY), want.get("accuracy"));
  }

  @Test
  void regressionEqualsScikitLearn() {
    JsonNode want = Oracle.shared().get("regression");
    Lcg lcg = new Lcg(11);
    double[] truth = new double[250];
    for (int row = 0; row < truth.length; row++) {
      truth[row] = 10 * lcg.u() + 1;
    }
    double[] guess = new double[truth.length];
    ErrorSums sums = new ErrorSums(0.5);
    for (int row = 0; row < truth.length; row++) {
      guess[row] = Math.abs(truth[row] + 0.8 * lcg.normal());
      sums.add(truth[row], guess[row]);
    }
    var measures = sums.measures(1, 0.95);
    check(measures.get(RegressionMeasure.MAE), want.get("mae"));
    check(measures.get(RegressionMeasure.MSE), want.get("mse"));
    check(measures.get(RegressionMeasure.RMSE), want.get("rmse"));
    check(measures.get(RegressionMeasure.MAPE), want.get("mape"));
    check(measures.get(RegressionMeasure.MSLE), want.get("msle"));
    check(measures.get(RegressionMeasure.R2), want.get("r2"));
    check(measures.get(RegressionMeasure.EXPLAINED_VARIANCE), want.get("ev"));
    check(measures.get(RegressionMeasure.MAX_ERROR), want.get("max"));
    check(measures.get(RegressionMeasure.PINBALL), want.get("pinball_.5"));
    check(measures.get(RegressionMeasure.POISSON_DEVIANCE), want.get("poisson_dev"));
    check(measures.get(RegressionMeasure.GAMMA_DEVIANCE), want.get("gamma_dev"));
    check(new RegressionRows(truth, guess).medianAbsoluteError(0.95), want.get("medae"));
  }

  @Test
  void rankingEqualsScikitLearn() {
    JsonNode want = Oracle.shared().get("ranking");
    double[] relevance = new double[6];
    double[] scores = new double[6];
    for (int row = 0; row < 6; row++) {
      relevance[row] = want.get("rel").get(row).asDouble();
      scores[row] = want.get("score").get(row).asDouble();
    }
    Ranking ranking = new Ranking(relevance, scores);
    Oracle.check("dcg", ranking.dcg(6), want.get("dcg").asDouble(), 1e-12);
    check(ranking.ndcg(6), want.get("ndcg"));
    check(ranking.ndcg(3), want.get("ndcg@3"));
  }

  private static Map<ClassMeasure, Measured> report(
      ConfusionCounts counts, Averaging averaging, ZeroDivision zeroDivision) {
    var rules = new ClassRules(averaging, zeroDivision, 1, 2, 1, NO_RESAMPLES);
    return ClassificationReport.of(counts, rules).measures();
  }

  private static void check(Measured got, JsonNode want) {
    Oracle.check("value", value(got), want.asDouble(), 1e-12);
  }
}
