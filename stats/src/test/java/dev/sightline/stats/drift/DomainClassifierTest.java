package dev.sightline.stats.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.stats.Lcg;
import dev.sightline.stats.Oracle;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DomainClassifierTest {
  /// Folds and bins are others than scikit-learn's, so that areas differ by what chance allows.
  private static final double BAND = 0.02;

  @Test
  void itTellsWindowsApartAsWellAsScikitLearn() {
    for (JsonNode want : Oracle.committed("learners.json").get("domains")) {
      Lcg lcg = new Lcg(want.get("seed").asLong());
      double[][] reference = rows(lcg, want.get("n").asInt(), 0, 0);
      double shift = want.get("shift").asDouble();
      double link = want.get("link").asDouble();
      double[][] current = rows(lcg, want.get("m").asInt(), shift, link);
      DomainClassifier got = DomainClassifier.of(reference, current, 1);
      assertThat(got.auc())
          .as("seed %d", want.get("seed").asInt())
          .isCloseTo(want.get("auc").asDouble(), within(BAND));
      assertThat(DomainClassifier.of(reference, current, 1).auc()).isEqualTo(got.auc());
      if (shift > 0) {
        assertThat(got.importance()[0])
            .isGreaterThan(Math.max(got.importance()[1], got.importance()[2]));
      }
      if (link > 0) {
        assertThat(got.importance()[2])
            .isLessThan(Math.min(got.importance()[0], got.importance()[1]));
      }
    }
  }

  @Test
  void missingValuesAreSeen() {
    Lcg lcg = new Lcg(9);
    double[][] reference = rows(lcg, 500, 0, 0);
    double[][] current = rows(lcg, 500, 0, 0);
    Arrays.fill(current[2], 0, 400, Double.NaN);
    DomainClassifier got = DomainClassifier.of(reference, current, 1);
    assertThat(got.auc()).isGreaterThan(0.85);
    assertThat(got.importance()[2]).isGreaterThan(0.5);
  }

  private static double[][] rows(Lcg lcg, int n, double shift, double link) {
    double[][] rows = new double[3][n];
    for (int row = 0; row < n; row++) {
      double a = lcg.normal();
      double b = lcg.normal();
      rows[0][row] = a + shift;
      rows[1][row] = link * a + b;
      rows[2][row] = lcg.normal();
    }
    return rows;
  }
}
