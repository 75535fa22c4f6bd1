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

  /// @throws dev.sightline.tsdb.codec.BadBytesException if the record is damaged
  public static void read(byte[] record, Reader reader) {
    ByteSource source = new ByteSource(record).skip(1);
    while (source.remaining() > 0) {
      reader.deletion(source.u64(), source.varint(), source.varint());
    }
  }
}
