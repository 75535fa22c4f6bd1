package dev.sightline.quality.watch;

import dev.sightline.quality.baseline.FeatureColumn;
import dev.sightline.quality.watch.Outcome.State;
import dev.sightline.quality.window.Window;
import dev.sightline.stats.column.SortedColumn;
import dev.sightline.stats.sketch.NumberSketch;
import dev.sightline.stats.stream.StreamDetector;
import dev.sightline.stats.stream.StreamDetector.Signal;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/// A detector that looks at each value of a feature, or at the value of each window, and remembers.
/// Used by one thread at a time.
final class StreamWatch {
  /*
   * Rows of a window are shown in the order of time, windows one after the other, so that what the detector
   * knows at the end of a window depends on nothing but the rows. It is kept with that end: after a
   * restart the next window goes on from there.
   */
  private final Detector kind;
  private final StreamDetector detector;

  StreamWatch(Detector kind) {
    this.kind = kind;
    this.detector = kind.create();
  }

  /// Goes on from what was kept.
  static StreamWatch resumed(Detector kind, MonitorFiles files, Monitor monitor) {
    StreamWatch watch = new StreamWatch(kind);
    MonitorFiles.Learnt learnt = files.learnt(monitor.model(), monitor.name());
    if (learnt != null && learnt.detector().equals(kind.word())) {
      watch.detector.restore(learnt.state());
    }
    return watch;
  }

  void keep(MonitorFiles files, Monitor monitor, long untilMs) {
    files.learnt(
        monitor.model(),
        monitor.name(),
        new MonitorFiles.Learnt(kind.word(), untilMs, detector.state()));
  }

  Outcome of(Monitor monitor, Window window, Readings readings) {
    if (!(monitor.target() instanceof Target.Values(String feature))) {
      Reading reading = readings.of(monitor, window);
      if (Double.isNaN(reading.value())) {
        State state = reading.failed() ? State.FAILED : State.NOT_ENOUGH;
        return Outcome.without(window, reading.n(), state, reading.missing());
      }
      return seen(window, new double[] {reading.value()}, reading.n(), value -> value);
    }
    double[] values = readings.values(monitor, feature, window);
    if (values == null) {
      return Outcome.without(window, 0, State.FAILED, feature + " has no numbers");
    }
    DoubleUnaryOperator unit = unit(readings.columns().ofReference(monitor.model(), feature));
    if (unit == null) {
      return Outcome.without(
          window,
          values.length,
          State.NOT_ENOUGH,
          kind.word() + " needs to know the usual range, and there is no reference yet");
    }
    return values.length == 0
        ? Outcome.without(window, 0, State.NOT_ENOUGH, "there are no rows")
        : seen(window, values, values.length, unit);
  }

  private Outcome seen(Window window, double[] values, long n, DoubleUnaryOperator unit) {
    int drifts = 0;
    int warnings = 0;
    for (double value : values) {
      Signal signal = detector.add(unit.applyAsDouble(value));
      drifts += signal == Signal.DRIFT ? 1 : 0;
      warnings += signal == Signal.WARNING ? 1 : 0;
    }
    State state = drifts > 0 ? State.BROKEN : warnings > 0 ? State.WATCH : State.OK;
    String text =
        drifts > 0
            ? kind.word() + " has seen a change"
            : warnings > 0 ? kind.word() + " warns of a change" : "";
    double mean = Arrays.stream(values).average().orElse(Double.NaN);
    return new Outcome(window, n, mean, Double.NaN, Double.NaN, state, text);
  }

  /// How a value is shown to the detector; null where that is not known.
  private @Nullable DoubleUnaryOperator unit(@Nullable FeatureColumn reference) {
    return switch (kind.unit()) {
      case ANY, ERRORS -> value -> value;
      case DEVIATIONS -> {
        double[] usual = usual(reference);
        yield usual == null ? null : value -> (value - usual[0]) / usual[1];
      }
      case RANGE -> {
        double[] usual = usual(reference);
        yield usual == null
            ? null
            : value -> Math.clamp((value - usual[2]) / (usual[3] - usual[2]), 0, 1);
      }
    };
  }

  /// Mean, deviation, 1st and 99th percentile; null where all values are one.
  private static double @Nullable [] usual(@Nullable FeatureColumn reference) {
    return switch (reference) {
      case null -> null;
      case FeatureColumn.Sentences _, FeatureColumn.Vectors _ -> null;
      case FeatureColumn.Words words ->
          words.counts().containsKey("right") || words.counts().containsKey("wrong")
              ? new double[] {0, 1, 0, 1}
              : null;
      case FeatureColumn.Numbers(SortedColumn values, long _) ->
          values.n() == 0
              ? null
              : spread(
                  values.mean(), values.deviation(), values.quantile(0.01), values.quantile(0.99));
      case FeatureColumn.Sketched sketched -> {
        NumberSketch sketch = sketched.copy();
        yield spread(
            sketch.mean(), sketch.deviation(), sketch.quantile(0.01), sketch.quantile(0.99));
      }
    };
  }

  private static double @Nullable [] spread(
      double mean, double deviation, double low, double high) {
    return deviation > 0 && high > low ? new double[] {mean, deviation, low, high} : null;
  }
}
