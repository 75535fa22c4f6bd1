package dev.sightline.promql.script;

import dev.sightline.model.histogram.NativeHistogram;
import dev.sightline.model.histogram.ResetHint;
import dev.sightline.model.series.Staleness;
import org.jspecify.annotations.Nullable;

/// What the histograms of one series say of resets once they have been stored in chunks: a chunk
/// ends at a reset, so that within it there are none, and its first histogram knows nothing.
final class StoredHints {
  private @Nullable NativeHistogram before;

  NativeHistogram stored(NativeHistogram histogram) {
    if (Staleness.isMarker(histogram.sum())) {
      before = null;
      return histogram;
    }
    NativeHistogram last = before;
    before = histogram;
    if (histogram.hint() == ResetHint.GAUGE) {
      return histogram;
    }
    boolean continues = last != null && isOfOneChunk(last, histogram);
    return histogram.withHint(continues ? ResetHint.NOT_RESET : ResetHint.UNKNOWN);
  }

  /// Says that a float comes next: histograms after it are in another chunk.
  void passFloat() {
    before = null;
  }

  private static boolean isOfOneChunk(NativeHistogram last, NativeHistogram next) {
    return last.hint() != ResetHint.GAUGE
        && next.hint() != ResetHint.RESET
        && last.schema() == next.schema()
        && last.zeroThreshold() == next.zeroThreshold()
        && last.bounds().equals(next.bounds())
        && !next.withHint(ResetHint.UNKNOWN).resetSince(last);
  }
}
