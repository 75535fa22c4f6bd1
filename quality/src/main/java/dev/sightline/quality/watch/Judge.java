package dev.sightline.quality.watch;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// When a value is wrong. [Judgement] says what each kind does.
public sealed interface Judge {
  int MOST_WINDOWS = 100;

  /// As definitions name it.
  String kind();

  /// Which way a value must go to be wrong.
  enum Direction {
    UP,
    DOWN,
    BOTH;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    boolean isUp() {
      return this != DOWN;
    }

    boolean isDown() {
      return this != UP;
    }
  }

  /// Outside of limits that somebody set; null for none.
  record Fixed(@Nullable Double lower, @Nullable Double upper) implements Judge {
    public Fixed {
      if (lower == null && upper == null) {
        throw new IllegalArgumentException("lower: or upper is needed");
      }
      if (lower != null && upper != null && lower > upper) {
        throw new IllegalArgumentException("lower: must not be above upper");
      }
    }

    @Override
    public String kind() {
      return "fixed";
    }
  }

  /// Far from what it was: from the mean of earlier windows, or from a reference.
  ///
  /// @param by how far, as a share of what it was or in the value's own unit
  /// @param windows how many earlier ones
  /// @param reference by name; empty for earlier windows
  record Change(double by, boolean relative, Direction direction, int windows, String reference)
      implements Judge {
    public Change {
      positive("by", by);
      count(windows, 1);
    }

    @Override
    public String kind() {
      return "change";
    }
  }

  /// Some standard deviations of earlier windows from their mean.
  record Deviation(double factor, Direction direction, int windows) implements Judge {
    /// Fewer earlier windows tell nothing, as WhyLabs's `minBatchSize`.
    static final int FEWEST = 3;

    public Deviation {
      positive("factor", factor);
      count(windows, FEWEST);
    }

    @Override
    public String kind() {
      return "deviation";
    }
  }

  /// Beyond the values that a share of earlier windows lies outside of, on either side.
  ///
  /// @param outside such as 0.05
  record Percentile(double outside, Direction direction, int windows) implements Judge {
    /// Fewer earlier windows have no percentiles to speak of.
    static final int FEWEST = 5;

    public Percentile {
      if (!(outside > 0 && outside < 0.5)) {
        throw new IllegalArgumentException("outside: must be above 0 and below 0.5");
      }
      count(windows, FEWEST);
    }

    @Override
    public String kind() {
      return "percentile";
    }
  }

  /// Some standard deviations from the mean of windows at the same place of earlier periods.
  record Seasonal(Duration period, double factor, Direction direction, int windows)
      implements Judge {
    private static final Duration LONGEST = Duration.ofDays(31);

    public Seasonal {
      positive("factor", factor);
      count(windows, Deviation.FEWEST);
      if (period.compareTo(Duration.ofMinutes(2)) < 0 || period.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException("period: must be from 2m to 31d");
      }
    }

    @Override
    public String kind() {
      return "seasonal";
    }
  }

  /// Beyond the threshold of a method of drift.
  ///
  /// @param method null for the one that is chosen for the feature
  /// @param threshold null for the method's usual one
  /// @param reference `previous`, `same_weekday`, by name, or empty for the model's usual one
  record Drifted(@Nullable String method, @Nullable Double threshold, String reference)
      implements Judge {
    @Override
    public String kind() {
      return "drift";
    }
  }

  /// More rows than a share have words that are not expected.
  ///
  /// @param words that are expected, or not
  /// @param expected whether they are
  record Listing(Set<String> words, boolean expected, double maxShare) implements Judge {
    public Listing {
      words = Set.copyOf(words);
      if (words.isEmpty()) {
        throw new IllegalArgumentException("expected: or unexpected words are needed");
      }
      if (!(maxShare >= 0 && maxShare < 1)) {
        throw new IllegalArgumentException("max_share: must be from 0 to below 1");
      }
    }

    @Override
    public String kind() {
      return "list";
    }
  }

  /// Against a direction that it must keep from window to window.
  record Monotonic(boolean increasing, int windows) implements Judge {
    public Monotonic {
      count(windows, 1);
    }

    @Override
    public String kind() {
      return "monotonic";
    }
  }

  /// Seen by a detector of changes in a stream.
  record Stream(Detector detector) implements Judge {
    @Override
    public String kind() {
      return "stream";
    }
  }

  /// By the verdicts of other monitors of the model: all of them broken, or any.
  record Composite(boolean all, List<String> of) implements Judge {
    public Composite {
      of = List.copyOf(of);
      if (of.size() < 2 || of.size() > 20) {
        throw new IllegalArgumentException("of: must name from 2 to 20 monitors");
      }
    }

    @Override
    public String kind() {
      return all ? "conjunction" : "disjunction";
    }
  }

  private static void positive(String name, double value) {
    if (!(value > 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(name + ": must be a number above 0");
    }
  }

  private static void count(int windows, int fewest) {
    if (windows < fewest || windows > MOST_WINDOWS) {
      throw new IllegalArgumentException("windows: must be from " + fewest + " to " + MOST_WINDOWS);
    }
  }
}
