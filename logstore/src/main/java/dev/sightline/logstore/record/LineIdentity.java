package dev.sightline.logstore.record;

import dev.sightline.model.label.Labels;
import dev.sightline.storage.codec.ByteSink;

/// A hash of stream, time, metadata and bytes of a line. It is part of the format of blocks.
public final class LineIdentity {
  private LineIdentity() {}

  static long ofStream(byte[] encodedLabels, int from, int to) {
    return LineHash.of(encodedLabels, from, to, 0);
  }

  public static long ofStream(Labels labels) {
    ByteSink sink = encoded(labels);
    return ofStream(sink.view().array(), 0, sink.size());
  }

  /// @param bytes with the encoded metadata from `metadataStart`, and the line behind it
  static int of(
      long streamHash,
      long timestampNs,
      byte[] bytes,
      int metadataStart,
      int metadataEnd,
      int from,
      int to) {
    long seed = LineHash.with(streamHash, timestampNs);
    if (bytes[metadataStart] != 0) {
      seed = LineHash.of(bytes, metadataStart, metadataEnd, seed);
    }
    return (int) LineHash.of(bytes, from, to, seed);
  }

  public static int of(
      long streamHash, long timestampNs, Labels metadata, byte[] bytes, int from, int to) {
    long seed = LineHash.with(streamHash, timestampNs);
    if (!metadata.isEmpty()) {
      ByteSink sink = encoded(metadata);
      seed = LineHash.of(sink.view().array(), 0, sink.size(), seed);
    }
    return (int) LineHash.of(bytes, from, to, seed);
  }

  /// The identity as a filter takes it.
  public static long spread(int identity) {
    return LineHash.with(0, identity);
  }

  private static ByteSink encoded(Labels labels) {
    ByteSink sink = new ByteSink(64);
    LineBody.writeLabels(sink, labels);
    return sink;
  }
}
