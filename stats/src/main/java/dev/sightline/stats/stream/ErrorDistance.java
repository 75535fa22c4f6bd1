package dev.sightline.stats.stream;

import java.util.List;

/// Errors that come closer together: M. Baena-García et al., "Early drift detection method" (2006),
/// known as EDDM. Sees slow changes before the share of errors shows them.
public final class ErrorDistance implements StreamDetector {
  /// In the order of their numbers in a state that is kept.
  private static final List<Signal> STANDINGS = List.of(Signal.NONE, Signal.WARNING, Signal.DRIFT);

  /*
   * With m and s the mean and the deviation of the distances between errors, m + 2 s falls below a share
   * of its largest value: 0.95 warns, 0.9 is a change.
   */
  private final int minimum;
  private final double warning;
  private final double drift;
  private long n;
  private long errors;
  private long lastError;
  private double mean;
  private double squares;
  private double most = -1;
  private Signal standing = Signal.NONE;

  public ErrorDistance() {
    this(30, 0.95, 0.9);
  }

  public ErrorDistance(int minimum, double warning, double drift) {
    if (warning < drift) {
      throw new IllegalArgumentException("a warning must come before a change");
    }
    this.minimum = minimum;
    this.warning = warning;
    this.drift = drift;
  }

  @Override
  public Signal add(double value) {
    n++;
    if (value != 1) {
      return standing;
    }
    errors++;
    double distance = n - lastError;
    double off = distance - mean;
    mean += off / errors;
    squares += off * (distance - mean);
    lastError = n;
    if (n > minimum) {
      judge();
    }
    Signal signal = standing;
    if (signal == Signal.DRIFT) {
      restart();
    }
    return signal;
  }

  private void judge() {
    double deviation = errors > 1 ? Math.sqrt(squares / (errors - 1)) : 0;
    double now = mean + 2 * deviation;
    if (now > most) {
      most = now;
    } else if (errors > minimum) {
      double level = now / most;
      standing = level < drift ? Signal.DRIFT : level < warning ? Signal.WARNING : Signal.NONE;
    }
  }

  private void restart() {
    n = 0;
    errors = 0;
    lastError = 0;
    mean = 0;
    squares = 0;
    most = -1;
    standing = Signal.NONE;
  }

  @Override
  public double[] state() {
    return new double[] {n, errors, lastError, mean, squares, most, STANDINGS.indexOf(standing)};
  }

  @Override
  public void restore(double[] state) {
    n = (long) state[0];
    errors = (long) state[1];
    lastError = (long) state[2];
    mean = state[3];
    squares = state[4];
    most = state[5];
    standing = STANDINGS.get((int) state[6]);
  }
}
