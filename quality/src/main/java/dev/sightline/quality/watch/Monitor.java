package dev.sightline.quality.watch;

import dev.sightline.quality.rows.Condition;
import dev.sightline.quality.rows.SegmentReader;
import dev.sightline.quality.rows.Selection;
import dev.sightline.quality.rows.TimeOf;
import dev.sightline.quality.window.Window;
import dev.sightline.quality.window.Windows;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One value of a model that is looked at window by window, and when it is wrong.
///
/// @param name unique among those of the model
/// @param version null for all
/// @param segment its text, such as `country="ES"`; empty for all rows
/// @param severity the label that its alerts carry
/// @param minimumN fewer rows are not enough
/// @param enabled whether it is looked at by itself
/// @param configured whether it stands in the configuration, and so cannot be changed elsewhere
/// @param description for people
public record Monitor(
    String model,
    String name,
    @Nullable String version,
    String segment,
    Target target,
    Judge judge,
    Pace pace,
    String severity,
    long minimumN,
    boolean enabled,
    boolean configured,
    String description) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");
  private static final Pattern SEVERITY = Pattern.compile("[a-z][a-z0-9_]{0,31}");
  private static final int LONGEST_DESCRIPTION = 1_000;

  /// @throws IllegalArgumentException in the user's words
  public Monitor {
    checkName(name);
    if (!SEVERITY.matcher(severity).matches()) {
      throw new IllegalArgumentException("severity: must be a word such as critical or warning");
    }
    if (minimumN < 1) {
      throw new IllegalArgumentException("min_n: must be at least 1");
    }
    if (description.length() > LONGEST_DESCRIPTION) {
      throw new IllegalArgumentException(
          "description: has more than " + LONGEST_DESCRIPTION + " letters");
    }
    conditions(segment);
    fit(target, judge, pace);
    if (target.measure().equals("freshness") && !segment.isEmpty()) {
      throw new IllegalArgumentException("segment: freshness is of all rows");
    }
  }

  /// @throws IllegalArgumentException in the user's words
  public static void checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name: must be 1 to 64 letters, digits, _, . or -, the first of them a letter or digit");
    }
  }

  private static List<Condition> conditions(String segment) {
    try {
      return segment.isEmpty() ? List.of() : SegmentReader.read(segment);
    } catch (IllegalArgumentException unfit) {
      throw new IllegalArgumentException("segment: " + unfit.getMessage(), unfit);
    }
  }

  /// Kinds that go with some values only, and limits that no value could ever pass.
  private static void fit(Target target, Judge judge, Pace pace) {
    switch (judge) {
      case Judge.Fixed(Double lower, Double upper) -> {
        if (lower != null && lower <= target.least()) {
          throw unreachable("lower", target, lower);
        }
        if (upper != null && upper >= target.most()) {
          throw unreachable("upper", target, upper);
        }
      }
      case Judge.Drifted _ when !(target instanceof Target.Drift) ->
          throw new IllegalArgumentException("kind: drift judges the measure drift");
      case Judge.Stream(Detector detector)
          when detector.unit() == Detector.Unit.ERRORS
              && !(target instanceof Target.Values(String feature) && feature.equals("(error)")) ->
          throw new IllegalArgumentException(
              "detector: "
                  + detector.word()
                  + " counts errors; it needs the measure values of the feature (error)");
      case Judge.Stream(Detector detector)
          when detector.unit() != Detector.Unit.ANY && !(target instanceof Target.Values) ->
          throw new IllegalArgumentException(
              "detector: " + detector.word() + " looks at values of rows; adwin and kswin at any");
      case Judge.Seasonal seasonal when pace.isByCount() ->
          throw new IllegalArgumentException(
              "rows: windows by count have no season; take kind deviation");
      case Judge.Change _,
          Judge.Deviation _,
          Judge.Percentile _,
          Judge.Seasonal _,
          Judge.Drifted _,
          Judge.Listing _,
          Judge.Monotonic _,
          Judge.Stream _,
          Judge.Composite _ -> {}
    }
    if (target instanceof Target.Values && !(judge instanceof Judge.Stream)) {
      throw new IllegalArgumentException("measure: values is for kind stream");
    }
  }

  private static IllegalArgumentException unreachable(String name, Target target, double limit) {
    return new IllegalArgumentException(
        name
            + ": "
            + limit
            + " can never be passed, because "
            + target.measure()
            + " is from "
            + target.least()
            + " to "
            + target.most());
  }

  /// The rows of a window that it is about.
  Selection selection(Window window) {
    return new Selection(
        model,
        version,
        conditions(segment),
        Windows.whole(window.startMs(), window.endMs()),
        TimeOf.PREDICTION);
  }
}
