package dev.sightline.tsdb.record;

import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.codec.ByteSource;

/// A record of deletions: what stands before it in the log, of these series and times, is gone.
///
/// | Size    | Field   | Meaning                                   |
/// |--------:|---------|-------------------------------------------|
/// | 1       | `type`  | 3                                         |
/// | 8       | `ref`   | number of the series; from here on repeated |
/// | 1 to 10 | `minMs` | varint, included                          |
/// | 1 to 10 | `maxMs` | varint, included                          |
public final class TombstonesRecord {
  private final ByteSink sink = new ByteSink().u8(RecordType.TOMBSTONES);

  public void add(long ref, long minMs, long maxMs) {
    sink.u64(ref).varint(minMs).varint(maxMs);
  }

  public byte[] toArray() {
    return sink.toArray();
  }

  /// What to do with each deletion of a record.
  public interface Reader {
    void deletion(long ref, long minMs, long maxMs);
  }

  /// @param source of a record, behind its type
  /// @throws dev.sightline.storage.codec.BadBytesException if the record is damaged; what stands
  ///   before has been accepted then
  public static void read(ByteSource source, Reader reader) {
    while (source.remaining() > 0) {
      reader.deletion(source.u64(), source.varint(), source.varint());
    }
  }
}
