import com.sun.management.OperatingSystemMXBean;
import dev.sightline.stats.estimate.DensityRatio;
import dev.sightline.stats.estimate.ExpectedCounts;
import dev.sightline.stats.estimate.ExpectedCurves;
import dev.sightline.stats.estimate.IsotonicCalibration;
import dev.sightline.stats.estimate.SamplingError;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;

/// Estimates how good a classifier of two classes is before the truth: what NannyML's CBPE does in
/// `peers.py`, and PAPE. Prints wall and processor seconds of each round.
///
/// Argument: rows.
public final class EstimateRun {
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final int PAPE_ROWS = 20_000;
  private static final int FEATURES = 20;

  private EstimateRun() {}

  public static void main(String[] arguments) {
    int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    SplittableRandom random = new SplittableRandom(1);
    double[] scores = random.doubles(rows).map(u -> u * u * (3 - 2 * u)).toArray();
    boolean[] positive = new boolean[rows];
    for (int row = 0; row < rows; row++) {
      positive[row] = random.nextDouble() < scores[row];
    }
    for (int round = 0; round < 4; round++) {
      IsotonicCalibration[] fitted = new IsotonicCalibration[1];
      timed("fit on " + rows, () -> fitted[0] = IsotonicCalibration.fit(scores, positive));
      timed("its sampling error", () -> SamplingError.ofAuc(scores, positive));
      timed("estimate " + rows, () -> estimate(fitted[0], scores));
      timed("density ratio, " + PAPE_ROWS + " x " + FEATURES, () -> ratio(random));
    }
  }

  private static void estimate(IsotonicCalibration calibration, double[] scores) {
    ExpectedCounts counts = new ExpectedCounts();
    for (double score : scores) {
      counts.add(calibration.of(score), score > 0.5);
    }
    ExpectedCurves curves = ExpectedCurves.of(scores, calibration::of);
    System.out.println(counts.accuracy(0.95) + " " + counts.f1(0.95) + " " + curves.rocAuc());
  }

  private static void ratio(SplittableRandom random) {
    double[][] reference = new double[FEATURES][];
    double[][] current = new double[FEATURES][];
    for (int feature = 0; feature < FEATURES; feature++) {
      reference[feature] = random.doubles(PAPE_ROWS).toArray();
      double shift = feature == 0 ? 0.3 : 0;
      current[feature] = random.doubles(PAPE_ROWS).map(u -> u + shift).toArray();
    }
    System.out.println(DensityRatio.of(reference, current, 1).effectiveRows());
  }

  private static void timed(String what, Runnable work) {
    long startNs = System.nanoTime();
    long cpuNs = PROCESS.getProcessCpuTime();
    work.run();
    System.out.printf(
        "%-32s %.3f s, %.3f processor s%n",
        what,
        (System.nanoTime() - startNs) / 1e9,
        (PROCESS.getProcessCpuTime() - cpuNs) / 1e9);
  }
}
