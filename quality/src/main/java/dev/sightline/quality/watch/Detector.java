package dev.sightline.quality.watch;

import dev.sightline.stats.stream.AdaptiveWindow;
import dev.sightline.stats.stream.ErrorDistance;
import dev.sightline.stats.stream.ErrorRate;
import dev.sightline.stats.stream.HoeffdingAverage;
import dev.sightline.stats.stream.HoeffdingWeighted;
import dev.sightline.stats.stream.PageHinkley;
import dev.sightline.stats.stream.SortedWindow;
import dev.sightline.stats.stream.StreamDetector;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// The detectors that a monitor can let look at a stream.
public enum Detector {
  ADWIN(Unit.ANY),
  PAGE_HINKLEY(Unit.DEVIATIONS),
  DDM(Unit.ERRORS),
  EDDM(Unit.ERRORS),
  HDDM_A(Unit.RANGE),
  HDDM_W(Unit.RANGE),
  KSWIN(Unit.ANY);

  /*
   * Usual parameters are meant for streams of a few hundred values; of ten thousand rows an hour, KSWIN
   * with its 0.005 and Page-Hinkley with its 0.005 and 50 would see a change in most hours in which
   * nothing happens. A millionth and windows of twice the length, and a tolerance of a quarter of a
   * deviation, see a shift of one deviation within a hundred rows all the same.
   */
  private static final double RARELY = 1e-6;

  private static final double TOLERATED = 0.25;

  /// What values a detector takes.
  enum Unit {
    ANY,
    /// Distances from the reference's mean, in its deviations.
    DEVIATIONS,
    /// From 0 at the reference's 1st percentile to 1 at its 99th.
    RANGE,
    /// 1 for an error, 0 for none.
    ERRORS
  }

  private final Unit unit;

  Detector(Unit unit) {
    this.unit = unit;
  }

  Unit unit() {
    return unit;
  }

  StreamDetector create() {
    return switch (this) {
      case ADWIN -> new AdaptiveWindow();
      case PAGE_HINKLEY -> new PageHinkley(30, TOLERATED, 30, 0.9999);
      case DDM -> new ErrorRate();
      case EDDM -> new ErrorDistance();
      case HDDM_A -> new HoeffdingAverage(0.001, 0.005, true);
      case HDDM_W -> new HoeffdingWeighted(0.001, 0.005, 0.05, true);
      case KSWIN -> new SortedWindow(RARELY, 200, 60);
    };
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// @throws IllegalArgumentException in the user's words
  static Detector ofWord(String word) {
    return Arrays.stream(values())
        .filter(each -> each.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "detector: must be one of "
                        + Arrays.stream(values())
                            .map(Detector::word)
                            .collect(Collectors.joining(", "))));
  }
}
