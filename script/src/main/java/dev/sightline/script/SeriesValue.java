package dev.sightline.script;

import dev.sightline.model.histogram.NativeHistogram;
import org.jspecify.annotations.Nullable;

/// A value as scripts write it: a float, or a histogram between double braces.
///
/// @param number of a float
/// @param histogram null for a float
/// @param hinted whether the histogram says whether it has been reset
public record SeriesValue(double number, @Nullable NativeHistogram histogram, boolean hinted) {
  static SeriesValue of(double number) {
    return new SeriesValue(number, null, false);
  }

  static SeriesValue of(NativeHistogram histogram, boolean hinted) {
    return new SeriesValue(histogram.sum(), histogram, hinted);
  }

  @Override
  public String toString() {
    return histogram == null ? String.valueOf(number) : HistogramLiteral.text(histogram);
  }
}
