package dev.sightline.promql.eval;

/// `min_over_time` and `max_over_time`: the extreme of a window that mostly stays where it was when
/// the window moves on.
final class MovingExtreme implements WindowFunction {
  private final boolean largest;
  private int series;
  private int scannedTo;
  private int at;

  MovingExtreme(boolean largest) {
    this.largest = largest;
  }

  @Override
  public double apply(Window window) {
    double[] values = window.values();
    if (series != window.series() || at < window.from()) {
      series = window.series();
      at = window.from();
      scannedTo = at + 1;
    }
    for (int i = scannedTo; i < window.to(); i++) {
      // Of equal values the later one stays longer; NaN gives way to everything.
      if ((largest ? values[i] >= values[at] : values[i] <= values[at])
          || Double.isNaN(values[at])) {
        at = i;
      }
    }
    scannedTo = Math.max(scannedTo, window.to());
    return values[at];
  }
}
