package dev.sightline.stats.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.stats.Lcg;
import dev.sightline.stats.Oracle;
import dev.sightline.stats.column.Bins;
import dev.sightline.stats.column.PairedCounts;
import dev.sightline.stats.column.SortedColumn;
import dev.sightline.stats.distance.CountDistances;
import dev.sightline.stats.distance.Smoothing;
import dev.sightline.stats.distance.ValueDistances;
import dev.sightline.stats.test.MannWhitney.Alternative;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Holds tests and distances against SciPy's values: `src/test/oracle/distances.py`.
class DistanceOracleTest {
  private static final double EXACT = 1e-9;
  private static final JsonNode TABLE = Oracle.committed("distances.json");
  private static final Map<String, Double> LARGEST = new TreeMap<>();

  @AfterAll
  static void show() {
    StringBuilder table = new StringBuilder("largest difference to SciPy, relative\n");
    LARGEST.forEach((key, off) -> table.append("%-18s %.1e%n".formatted(key, off)));
    System.out.println(table);
  }

  @Test
  void numbersEqualSciPy() {
    for (JsonNode each : TABLE.get("numbers")) {
      Lcg lcg = new Lcg(each.get("seed").asLong());
      double steps = each.get("steps").asDouble();
      SortedColumn x = column(lcg, each.get("n").asInt(), 0, 1, steps);
      double shift = each.get("shift").asDouble();
      double deviation = each.get("deviation").asDouble();
      SortedColumn y = column(lcg, each.get("m").asInt(), shift, deviation, steps);
      JsonNode want = each.get("want");
      check("ks_asymptotic", KolmogorovSmirnov.asymptotic(x, y), want);
      if (want.has("ks_exact")) {
        check("ks_exact", KolmogorovSmirnov.exact(x, y), want);
      }
      check("mwu", MannWhitney.test(x, y, Alternative.TWO_SIDED), want);
      check("mwu_less", MannWhitney.test(x, y, Alternative.LESS), want);
      check("mwu_greater", MannWhitney.test(x, y, Alternative.GREATER), want);
      check("t", MeansTest.student(x, y), want);
      check("welch", MeansTest.welch(x, y), want);
      check("anderson", AndersonDarling.test(List.of(x, y)), want);
      check("cvm", CramerVonMises.test(x, y), want);
      check("es", EppsSingleton.test(x, y), want);
      checkDistances(x, y, each);
    }
  }

  @Test
  void countsEqualSciPy() {
    for (JsonNode each : TABLE.get("counts")) {
      PairedCounts counts = counts(each);
      JsonNode want = each.get("want");
      check("contingency", ChiSquare.contingency(counts), want);
      check("g", ChiSquare.g(counts), want);
      if (want.has("fit")) {
        check("fit", ChiSquare.goodnessOfFit(counts), want);
      }
      if (want.has("fisher")) {
        long hits = counts.reference()[0];
        long others = counts.current()[0];
        check(
            "fisher", TwoByTwo.fisher(hits, counts.nReference(), others, counts.nCurrent()), want);
      }
      JsonNode distances = each.get("distances");
      check("js_e", CountDistances.jensenShannon(counts, Math.E), distances.get("js_e"));
      check("js_2", CountDistances.jensenShannon(counts, 2), distances.get("js_2"));
      check("hellinger", CountDistances.hellinger(counts), distances.get("hellinger"));
      check("cramers_v", ChiSquare.cramersV(counts), distances.get("cramers_v"));
      if (distances.has("kl")) {
        for (Smoothing smoothing :
            List.of(Smoothing.NONE, Smoothing.HALF_ROW, Smoothing.EVIDENTLY)) {
          check("kl", CountDistances.kullbackLeibler(counts, smoothing), distances.get("kl"));
          check("psi", CountDistances.populationStability(counts, smoothing), distances.get("psi"));
        }
      }
    }
  }

  @Test
  void kolmogorovsLawEqualsSciPy() {
    for (JsonNode each : TABLE.get("kolmogorov")) {
      check(
          "kolmogorov",
          KolmogorovLaw.tail(each.get(1).asDouble(), each.get(0).asLong()),
          each.get(2));
    }
  }

  private static void checkDistances(SortedColumn x, SortedColumn y, JsonNode each) {
    JsonNode want = each.get("distances");
    check("w1", ValueDistances.wasserstein(x, y), want.get("w1"));
    check("normed", ValueDistances.normedWasserstein(x, y), want.get("normed"));
    check("energy", ValueDistances.energy(x, y), want.get("energy"));
    check("mean", x.mean(), want.get("mean"));
    check("deviation", x.deviation(), want.get("deviation"));
    check("quantile", x.quantile(0.1), want.get("q10"));
    check("quantile", x.quantile(0.99), want.get("q99"));
    double[] edges =
        Bins.sturges(Math.min(x.min(), y.min()), Math.max(x.max(), y.max()), (long) x.n() + y.n());
    assertThat(Bins.counts(x, edges)).isEqualTo(longs(each.get("sturges")));
    assertThat(Bins.counts(x, Bins.doane(x))).isEqualTo(longs(each.get("doane")));
    PairedCounts counts = PairedCounts.ofBins(x, y, edges);
    check("js_e", CountDistances.jensenShannon(counts, Math.E), want.get("js_e"));
    check("js_2", CountDistances.jensenShannon(counts, 2), want.get("js_2"));
    check("tv", CountDistances.totalVariation(counts), want.get("tv"));
    check("linf", CountDistances.largestDifference(counts), want.get("linf"));
  }

  private static void check(String key, TestResult got, JsonNode want) {
    check(key + " statistic", got.statistic(), want.get(key).get(0));
    check(key + " p", got.pValue(), want.get(key).get(1));
  }

  private static void check(String key, double got, JsonNode want) {
    if (Double.isInfinite(want.asDouble())) {
      assertThat(got).isEqualTo(want.asDouble());
      return;
    }
    double off = Math.abs(got - want.asDouble()) / Math.max(1, Math.abs(want.asDouble()));
    LARGEST.merge(key, off, Math::max);
    Oracle.check(key, got, want.asDouble(), EXACT);
  }

  private static long[] longs(JsonNode list) {
    long[] values = new long[list.size()];
    for (int place = 0; place < values.length; place++) {
      values[place] = list.get(place).asLong();
    }
    return values;
  }

  private static SortedColumn column(Lcg lcg, int n, double mean, double deviation, double steps) {
    double[] values = lcg.normals(n, mean, deviation);
    for (int row = 0; row < n && steps > 0; row++) {
      values[row] = Math.floor(values[row] * steps) / steps;
    }
    return SortedColumn.of(values);
  }

  private static PairedCounts counts(JsonNode each) {
    Lcg lcg = new Lcg(each.get("seed").asLong());
    int categories = each.get("categories").asInt();
    long[] reference = new long[categories];
    long[] current = new long[categories];
    for (int row = 0; row < each.get("n").asInt(); row++) {
      reference[lcg.below(categories)]++;
    }
    for (int row = 0; row < each.get("m").asInt(); row++) {
      current[(int) (categories * Math.pow(lcg.u(), each.get("tilt").asDouble()))]++;
    }
    return new PairedCounts(reference, current);
  }
}
