package dev.sightline.stats.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.stats.Lcg;
import dev.sightline.stats.Oracle;
import dev.sightline.stats.column.PairedCounts;
import dev.sightline.stats.column.SortedColumn;
import dev.sightline.stats.test.KolmogorovSmirnov;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Holds drift scores against those of Evidently, NannyML and SciPy, where they lie beside this
/// project.
class SharedDriftOracleTest {
  private static final double EXACT = 1e-9;
  private static final Map<String, Double> LARGEST = new TreeMap<>();

  @AfterAll
  static void show() {
    StringBuilder table = new StringBuilder("largest difference to other products\n");
    LARGEST.forEach((key, off) -> table.append("%-28s %.1e%n".formatted(key, off)));
    System.out.println(table);
  }

  @Test
  void smallWindowsEqualOtherProducts() {
    checkAll(Oracle.shared().get("500x400"), 500, 400);
  }

  @Test
  void largerWindowsEqualOtherProducts() {
    checkAll(Oracle.shared().get("1500x1200"), 1500, 1200);
  }

  private static void checkAll(JsonNode want, int n, int m) {
    Lcg lcg = new Lcg(42);
    double[] reference = lcg.normals(n, 0, 1);
    double[] current = new double[m];
    for (int row = 0; row < m; row++) {
      current[row] = 0.25 + 1.1 * lcg.normal();
    }
    SortedColumn x = SortedColumn.of(reference);
    SortedColumn y = SortedColumn.of(current);
    FeaturePair numbers = new FeaturePair.Numeric(x, y);
    FeaturePair classes = new FeaturePair.Categorical(categories(want));
    JsonNode evidently = want.get("evidently");
    check(DriftMethod.KS, numbers, evidently.get("num_ks"));
    check(DriftMethod.WASSERSTEIN, numbers, evidently.get("num_wasserstein"));
    check(DriftMethod.PSI, numbers, evidently.get("num_psi"));
    check(DriftMethod.JENSEN_SHANNON, numbers, evidently.get("num_jensenshannon"));
    check(DriftMethod.KL, numbers, evidently.get("num_kl_div"));
    check(DriftMethod.HELLINGER, numbers, evidently.get("num_hellinger"));
    check(DriftMethod.ENERGY, numbers, evidently.get("num_ed"));
    check(DriftMethod.MANN_WHITNEY_LESS, numbers, evidently.get("num_mannw"));
    check(DriftMethod.T_TEST, numbers, evidently.get("num_t_test"));
    check(DriftMethod.EPPS_SINGLETON, numbers, evidently.get("num_es"));
    check(DriftMethod.ANDERSON_DARLING, numbers, evidently.get("num_anderson"));
    check(DriftMethod.CHI_SQUARE, classes, evidently.get("cat_chisquare"));
    check(DriftMethod.PSI, classes, evidently.get("cat_psi"));
    check(DriftMethod.JENSEN_SHANNON, classes, evidently.get("cat_jensenshannon"));
    check(DriftMethod.KL, classes, evidently.get("cat_kl_div"));
    check(DriftMethod.HELLINGER, classes, evidently.get("cat_hellinger"));
    JsonNode nannyMl = want.get("nannyml");
    check(DriftMethod.JENSEN_SHANNON_2, numbers, nannyMl.get("x_jensen_shannon"));
    check(DriftMethod.KS_DISTANCE, numbers, nannyMl.get("x_kolmogorov_smirnov"));
    check(DriftMethod.WASSERSTEIN_PLAIN, numbers, nannyMl.get("x_wasserstein"));
    check(DriftMethod.HELLINGER_DOANE, numbers, nannyMl.get("x_hellinger"));
    check(DriftMethod.JENSEN_SHANNON_2, classes, nannyMl.get("k_jensen_shannon"));
    check(DriftMethod.L_INFINITY, classes, nannyMl.get("k_l_infinity"));
    check(DriftMethod.HELLINGER_DOANE, classes, nannyMl.get("k_hellinger"));
    check(DriftMethod.CHI_SQUARE_CONTINGENCY, classes, want.get("chi2_contingency").get(1));
    check(DriftMethod.MANN_WHITNEY, numbers, want.get("mwu_two-sided").get(1));
    check(DriftMethod.WELCH, numbers, want.get("welch").get(1));
    check(DriftMethod.CRAMER_VON_MISES, numbers, want.get("cvm").get(1));
    check(DriftMethod.PSI_DECILES, numbers, want.get("psi_ref_deciles"));
    check(DriftMethod.PSI_EQUAL_WIDTH, numbers, want.get("psi_30eq_eps1e-7"));
    check(DriftMethod.HELLINGER_EQUAL_WIDTH, numbers, want.get("hellinger_30eq"));
    double asymptotic = KolmogorovSmirnov.asymptotic(x, y).pValue();
    close("ks asymptotic", asymptotic, want.get("ks_asymp").get(1).asDouble());
    for (String key : want.get("quantiles_ref_linear").propertyNames()) {
      double quantile = want.get("quantiles_ref_linear").get(key).asDouble();
      close("quantile", x.quantile(Double.parseDouble(key)), quantile);
    }
  }

  private static PairedCounts categories(JsonNode want) {
    JsonNode counts = want.get("cat_counts");
    long[] reference = new long[counts.get("keys").size()];
    long[] current = new long[reference.length];
    for (int category = 0; category < reference.length; category++) {
      reference[category] = counts.get("ref").get(category).asLong();
      current[category] = counts.get("cur").get(category).asLong();
    }
    return new PairedCounts(reference, current);
  }

  private static void check(DriftMethod method, FeaturePair pair, JsonNode want) {
    DriftOutcome outcome = DriftCheck.of(pair, new DriftRule(method));
    assertThat(outcome).as(method.id()).isInstanceOf(DriftScore.class);
    String kind = pair instanceof FeaturePair.Numeric ? "numbers " : "categories ";
    close(kind + method.id(), ((DriftScore) outcome).score(), want.asDouble());
  }

  private static void close(String what, double got, double want) {
    LARGEST.merge(what, Math.abs(got - want), Math::max);
    Oracle.check(what, got, want, EXACT);
  }
}
