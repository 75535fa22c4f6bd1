package dev.sightline.promql.eval;

import dev.sightline.promql.parse.Numbers;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;

/// By how much the counts of a classic histogram had to be lifted so that they do not fall from
/// bucket to bucket.
///
/// @param lowest bound of the first bucket that was lifted
/// @param highest bound of the last
/// @param most the largest lift
/// @param samples how many histograms needed it
record Flattening(
    long firstMs, long lastMs, double lowest, double highest, double most, int samples) {

  Flattening with(Flattening other) {
    return new Flattening(
        Math.min(firstMs, other.firstMs),
        Math.max(lastMs, other.lastMs),
        Math.min(lowest, other.lowest),
        Math.max(highest, other.highest),
        Math.max(most, other.most),
        samples + other.samples);
  }

  String text() {
    double rounded =
        Double.isFinite(most) ? new BigDecimal(most).round(new MathContext(2)).doubleValue() : most;
    return ", from buckets "
        + Numbers.format(lowest)
        + " to "
        + Numbers.format(highest)
        + ", with a max diff of "
        + Numbers.format(rounded)
        + ", over "
        + samples
        + " samples from "
        + Instant.ofEpochSecond(Math.floorDiv(firstMs, 1000))
        + " to "
        + Instant.ofEpochSecond(Math.floorDiv(lastMs, 1000));
  }
}
