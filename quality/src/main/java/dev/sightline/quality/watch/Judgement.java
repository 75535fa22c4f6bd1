package dev.sightline.quality.watch;

import dev.sightline.quality.watch.Outcome.State;
import dev.sightline.quality.window.Window;
import dev.sightline.stats.drift.Thresholds;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Judges the value of a window by those of earlier ones.
final class Judgement {
  /*
   * A limit that comes from earlier windows may lie where no value can be: an accuracy above 1, a share
   * below 0. It would never alarm and look as if it would. So it is moved half way between the worst
   * earlier window and the end of the range; where the worst lies at that end already, there is no
   * limit on that side, and the outcome says so by having none.
   */
  private static final double ROUNDING = 1e-9;

  private final Monitor monitor;
  private final Earlier earlier;

  /// The values of a monitor's other windows, NaN where there is none.
  interface Earlier {
    /// The newest before a window, the newest first.
    double[] newest(Window window, int count);

    /// Of the same place in earlier periods.
    double[] seasons(Window window, Judge.Seasonal seasonal);

    /// Of a reference by name; NaN where it has none.
    double ofReference(String name);
  }

  /// @param lower NaN for none
  /// @param upper NaN for none
  private record Limits(double lower, double upper, String of) {}

  Judgement(Monitor monitor, Earlier earlier) {
    this.monitor = monitor;
    this.earlier = earlier;
  }

  Outcome of(Window window, Reading reading) {
    if (!reading.missing().isEmpty() || Double.isNaN(reading.value())) {
      State state = reading.failed() ? State.FAILED : State.NOT_ENOUGH;
      return Outcome.without(window, reading.n(), state, reading.missing());
    }
    return switch (monitor.judge()) {
      case Judge.Fixed(Double lower, Double upper) ->
          judged(
              window,
              reading,
              new Limits(
                  lower == null ? Double.NaN : lower, upper == null ? Double.NaN : upper, ""));
      case Judge.Change change -> change(window, reading, change);
      case Judge.Deviation(double factor, Judge.Direction direction, int windows) ->
          deviations(
              window,
              reading,
              earlier.newest(window, windows),
              factor,
              direction,
              " of " + windows + " earlier windows");
      case Judge.Percentile percentile -> percentiles(window, reading, percentile);
      case Judge.Seasonal seasonal -> seasonal(window, reading, seasonal);
      case Judge.Drifted _ -> drifted(window, reading);
      case Judge.Listing(var _, boolean _, double maxShare) ->
          judged(window, reading, new Limits(Double.NaN, maxShare, ""));
      case Judge.Monotonic(boolean increasing, int windows) ->
          monotonic(window, reading, increasing, windows);
      case Judge.Stream _, Judge.Composite _ ->
          throw new IllegalStateException(
              "BUG: " + monitor.judge().kind() + " is judged elsewhere");
    };
  }

  private Outcome change(Window window, Reading reading, Judge.Change change) {
    double before =
        change.reference().isEmpty()
            ? mean(earlier.newest(window, change.windows()))
            : earlier.ofReference(change.reference());
    if (Double.isNaN(before)) {
      return notEnough(window, reading, "there is no earlier value to compare with");
    }
    if (change.relative() && before == 0) {
      return notEnough(window, reading, "it was 0, of which there is no share");
    }
    double reach = change.relative() ? Math.abs(before) * change.by() : change.by();
    return judged(
        window,
        reading,
        guarded(
            new double[] {before},
            before - reach,
            before + reach,
            change.direction(),
            "; it was " + shown(before)));
  }

  private Outcome seasonal(Window window, Reading reading, Judge.Seasonal seasonal) {
    double[] values = known(earlier.seasons(window, seasonal));
    if (values.length >= Judge.Deviation.FEWEST) {
      return deviations(
          window,
          reading,
          values,
          seasonal.factor(),
          seasonal.direction(),
          " of " + values.length + " windows at the same time of earlier periods");
    }
    // Until the season is known, as WhyLabs: what the newest windows say.
    return deviations(
        window,
        reading,
        earlier.newest(window, seasonal.windows()),
        seasonal.factor(),
        seasonal.direction(),
        " of earlier windows, because the season is not known yet");
  }

  private Outcome deviations(
      Window window,
      Reading reading,
      double[] values,
      double factor,
      Judge.Direction direction,
      String of) {
    double[] known = known(values);
    if (known.length < Judge.Deviation.FEWEST) {
      return notEnough(
          window,
          reading,
          known.length + " earlier windows with a value, " + Judge.Deviation.FEWEST + " needed");
    }
    Thresholds limits =
        Thresholds.deviations(known, factor, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    if (limits == null || limits.lower() == null || limits.upper() == null) {
      return notEnough(window, reading, "earlier windows have no deviation");
    }
    double slack = ROUNDING * Math.max(Math.abs(limits.lower()), Math.abs(limits.upper()));
    return judged(
        window,
        reading,
        guarded(
            known,
            limits.lower() - slack,
            limits.upper() + slack,
            direction,
            ", beyond " + shown(factor) + " deviations" + of));
  }

  private Outcome percentiles(Window window, Reading reading, Judge.Percentile judge) {
    double[] known = known(earlier.newest(window, judge.windows()));
    Thresholds limits =
        known.length < Judge.Percentile.FEWEST
            ? null
            : Thresholds.percentiles(
                known, judge.outside(), Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    if (limits == null || limits.lower() == null || limits.upper() == null) {
      return notEnough(
          window,
          reading,
          known.length + " earlier windows with a value, " + Judge.Percentile.FEWEST + " needed");
    }
    return judged(
        window,
        reading,
        guarded(
            known,
            limits.lower(),
            limits.upper(),
            judge.direction(),
            ", beyond all but "
                + shown(judge.outside())
                + " of "
                + known.length
                + " earlier windows"));
  }

  private Outcome drifted(Window window, Reading reading) {
    Reading.OwnRule rule = reading.drift();
    if (rule == null) {
      throw new IllegalStateException("BUG: drift without a rule");
    }
    String text =
        switch (rule.state()) {
          case BROKEN -> named() + " has drifted: " + shown(reading.value());
          case WATCH -> named() + " has moved, but not beyond chance: " + shown(reading.value());
          case OK, NOT_ENOUGH, FAILED -> "";
        };
    return new Outcome(
        window, reading.n(), reading.value(), rule.lower(), rule.upper(), rule.state(), text);
  }

  private Outcome monotonic(Window window, Reading reading, boolean increasing, int windows) {
    double[] values = known(earlier.newest(window, windows));
    if (values.length == 0) {
      return notEnough(window, reading, "there is no earlier value to compare with");
    }
    double limit = increasing ? values[values.length - 1] : values[0];
    return judged(
        window,
        reading,
        new Limits(
            increasing ? limit : Double.NaN,
            increasing ? Double.NaN : limit,
            increasing ? "; it must not fall" : "; it must not rise"));
  }

  private Limits guarded(
      double[] worst, double lower, double upper, Judge.Direction direction, String of) {
    Target target = monitor.target();
    double low = Arrays.stream(worst).min().orElse(Double.NaN);
    double high = Arrays.stream(worst).max().orElse(Double.NaN);
    return new Limits(
        direction.isDown()
            ? reachable(lower, low, target.least(), lower <= target.least())
            : Double.NaN,
        direction.isUp()
            ? reachable(upper, high, target.most(), upper >= target.most())
            : Double.NaN,
        of);
  }

  /// @param end of the range of the value
  /// @return NaN where no value could pass
  static double reachable(double limit, double worst, double end, boolean beyond) {
    if (!beyond) {
      return limit;
    }
    return worst == end || Double.isInfinite(end) ? Double.NaN : (worst + end) / 2;
  }

  private Outcome judged(Window window, Reading reading, Limits limits) {
    double value = reading.value();
    boolean low = value < limits.lower();
    boolean high = value > limits.upper();
    String text =
        low
            ? named() + " is " + shown(value) + ", below " + shown(limits.lower()) + limits.of()
            : high
                ? named() + " is " + shown(value) + ", above " + shown(limits.upper()) + limits.of()
                : "";
    return new Outcome(
        window,
        reading.n(),
        value,
        limits.lower(),
        limits.upper(),
        low || high ? State.BROKEN : State.OK,
        text);
  }

  private static Outcome notEnough(Window window, Reading reading, String why) {
    return new Outcome(
        window, reading.n(), reading.value(), Double.NaN, Double.NaN, State.NOT_ENOUGH, why);
  }

  private String named() {
    Target target = monitor.target();
    return target.feature().isEmpty()
        ? target.measure()
        : target.measure() + " of " + target.feature();
  }

  static String shown(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).filter(Double::isFinite).average().orElse(Double.NaN);
  }

  /// Rising.
  private static double[] known(double[] values) {
    return Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
  }

  /// The verdict of several monitors together.
  ///
  /// @param all whether all must be broken, or any
  static Outcome together(Window window, List<State> states, boolean all) {
    long broken = states.stream().filter(state -> state == State.BROKEN).count();
    long known =
        states.stream().filter(state -> state != State.NOT_ENOUGH && state != State.FAILED).count();
    boolean isBroken = all ? broken == states.size() : broken > 0;
    // Whether all are broken is known once one is not; whether any is, once all are known.
    boolean isKnown = isBroken || known == states.size() || all && known > broken;
    State state = isBroken ? State.BROKEN : isKnown ? State.OK : State.NOT_ENOUGH;
    String text =
        state == State.OK
            ? ""
            : broken
                + " of "
                + states.size()
                + " monitors are broken, "
                + known
                + " have a verdict";
    return new Outcome(window, states.size(), broken, Double.NaN, Double.NaN, state, text);
  }
}
