package dev.sightline.quality.watch;

import dev.sightline.quality.window.Window;
import java.util.Locale;

/// What a monitor found in one window.
///
/// @param n rows that the value is of
/// @param value NaN where there is none
/// @param lower below which the value is wrong; NaN where there is no such limit
/// @param upper above which the value is wrong; NaN where there is no such limit
/// @param text why, for people; empty where all is as it should be
public record Outcome(
    Window window, long n, double value, double lower, double upper, State state, String text) {
  /// The verdict on a window.
  public enum State {
    OK(0),
    /// Not wrong yet, or not by more than chance.
    WATCH(1),
    BROKEN(2),
    /// Too few rows, or too few earlier windows: nothing is said.
    NOT_ENOUGH(-1),
    /// The value could not be found.
    FAILED(-2);

    private final int number;

    State(int number) {
      this.number = number;
    }

    /// As the series `model_monitor_state` has it.
    public int number() {
      return number;
    }

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  boolean hasValue() {
    return Double.isFinite(value);
  }

  static Outcome without(Window window, long n, State state, String text) {
    return new Outcome(window, n, Double.NaN, Double.NaN, Double.NaN, state, text);
  }
}
