package dev.sightline.tsdb.record;

import dev.sightline.tsdb.codec.ByteSource;

/// A record of deletions: from each series a span of time, both ends included.
///
/// | Size    | Field   | Meaning                                     |
/// |--------:|---------|---------------------------------------------|
/// | 1       | `type`  | 3                                           |
/// | 8       | `ref`   | number of the series; from here on repeated |
/// | 1 to 10 | `minMs` | varint                                      |
/// | 1 to 10 | `maxMs` | varint                                      |
public final class TombstonesRecord {
  private TombstonesRecord() {}

  /// What to do with each deletion.
  public interface Reader {
    void deletion(long ref, long minMs, long maxMs);
  }

  /// @param source of a record, behind its type
  /// @throws dev.sightline.tsdb.codec.BadBytesException if the record is damaged
  public static void read(ByteSource source, Reader reader) {
    while (source.remaining() > 0) {
      reader.deletion(source.u64(), source.varint(), source.varint());
    }
  }
}
