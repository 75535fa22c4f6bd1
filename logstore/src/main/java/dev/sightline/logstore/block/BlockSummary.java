package dev.sightline.logstore.block;

import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.codec.ByteSource;

/// The numbers of a block.
///
/// @param firstSequence no line of the block has a lower number
/// @param endSequence every line of the block's day with a number from the first to before this one
///   is in this block or in an older one
/// @param newestArrivalMs when the last line arrived at most, in Unix milliseconds
public record BlockSummary(
    long firstSequence,
    long endSequence,
    long rows,
    long lineBytes,
    long minNs,
    long maxNs,
    long newestArrivalMs) {
  static BlockSummary read(ByteSource source) {
    BlockSummary summary =
        new BlockSummary(
            source.u64(),
            source.u64(),
            source.u64(),
            source.u64(),
            source.u64(),
            source.u64(),
            source.u64());
    if (summary.rows <= 0 || summary.maxNs < summary.minNs) {
      throw new BadBytesException("a block of impossible numbers: " + summary);
    }
    return summary;
  }

  void write(ByteSink sink) {
    sink.u64(firstSequence)
        .u64(endSequence)
        .u64(rows)
        .u64(lineBytes)
        .u64(minNs)
        .u64(maxNs)
        .u64(newestArrivalMs);
  }
}
