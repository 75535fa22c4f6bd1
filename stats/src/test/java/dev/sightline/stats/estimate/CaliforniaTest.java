package dev.sightline.stats.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sightline.stats.Oracle;
import dev.sightline.stats.measure.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// NannyML's numbers on its set of Californian houses, which lies beside this project or nowhere:
/// `SIGHTLINE_CALIFORNIA` names the folder of its three CSV files.
class CaliforniaTest {
  private static final double[] AUC = {
    .85592, .734269, .686561, .718157, .865024, .907698, .892013, .906686, .8424, .919679
  };

  private record Rows(double[] scores, boolean[] positive, boolean[] predicted) {}

  @Test
  void estimatesEqualNannyMls() throws IOException {
    Rows reference = rows("reference");
    Rows analysis = rows("analysis");
    IsotonicCalibration calibration = IsotonicCalibration.fit(reference.scores, reference.positive);
    for (int chunk = 0; chunk < AUC.length; chunk++) {
      int from = 823 * chunk;
      double[] scores = Arrays.copyOfRange(analysis.scores, from, from + 823);
      ExpectedCurves curves = ExpectedCurves.of(scores, calibration::of);
      assertThat(Oracle.value(curves.rocAuc()))
          .as("chunk " + chunk)
          .isCloseTo(AUC[chunk], within(3e-5));
      if (chunk == 0) {
        first(scores, Arrays.copyOfRange(analysis.predicted, 0, 823), calibration);
      }
    }
  }

  private static void first(double[] scores, boolean[] predicted, IsotonicCalibration calibration) {
    ExpectedCounts counts = new ExpectedCounts();
    for (int row = 0; row < scores.length; row++) {
      counts.add(calibration.of(scores[row]), predicted[row]);
    }
    assertThat(counts.truePositives()).isCloseTo(27.74560454, within(1e-6));
    assertThat(counts.falseNegatives()).isCloseTo(245.48916816, within(1e-6));
    assertThat(Oracle.value(counts.accuracy(0.95))).isCloseTo(0.70019008, within(1e-8));
    assertThat(Oracle.value(counts.f1(0.95))).isCloseTo(0.18360299, within(1e-8));
    assertThat(Oracle.value(counts.precision(0.95))).isCloseTo(0.95674498, within(1e-8));
    assertThat(Oracle.value(counts.specificity(0.95))).isCloseTo(0.99771831, within(1e-8));
  }

  @Test
  void theSamplingErrorIsNannyMls() throws IOException {
    Rows reference = rows("reference");
    SamplingError error = SamplingError.ofAuc(reference.scores, reference.positive);
    // NannyML orders equal scores by a sort that is not stable.
    assertThat(error.of(823)).isCloseTo(0.007417760198, within(2e-5));
    Interval band = error.around(0.8559203523649266, 823, 0, 1, 0.9973);
    assertThat(band.high()).isCloseTo(0.8781736329591747, within(1e-4));
  }

  private static Rows rows(String name) throws IOException {
    String folder = System.getenv("SIGHTLINE_CALIFORNIA");
    assumeTrue(folder != null, "SIGHTLINE_CALIFORNIA names no folder");
    List<String> lines = Files.readAllLines(Path.of(folder, "california_housing_" + name + ".csv"));
    List<String> header = Arrays.asList(lines.getFirst().split(",", -1));
    int score = header.indexOf("y_pred_proba");
    int predicted = header.indexOf("y_pred");
    int truth = header.indexOf("clf_target");
    int n = lines.size() - 1;
    Rows rows = new Rows(new double[n], new boolean[n], new boolean[n]);
    for (int row = 0; row < n; row++) {
      String[] cells = lines.get(row + 1).split(",", -1);
      rows.scores[row] = Double.parseDouble(cells[score]);
      rows.predicted[row] = cells[predicted].startsWith("1");
      rows.positive[row] = truth >= 0 && cells[truth].startsWith("1");
    }
    return rows;
  }
}
