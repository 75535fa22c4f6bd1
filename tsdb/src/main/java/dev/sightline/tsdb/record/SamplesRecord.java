package dev.sightline.tsdb.record;

import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.codec.ByteSource;

/// A record of samples, each of a series that an earlier record has introduced.
///
/// | Size    | Field    | Meaning                                             |
/// |--------:|----------|-----------------------------------------------------|
/// | 1       | `type`   | 2                                                   |
/// | 8       | `baseRef`| number of the first sample's series                 |
/// | 8       | `baseMs` | time of the first sample                            |
/// | 1 to 10 | `ref`    | varint, against `baseRef`; from here on repeated    |
/// | 1 to 10 | `time`   | varint, against `baseMs`                            |
/// | 8       | `value`  | IEEE 754 bits                                       |
///
/// A writer object holds the base of the record that it is at; the other half is [#read].
public final class SamplesRecord {
  private final ByteSink into;
  private long baseRef;
  private long baseMs;
  private int count;

  /// @param into emptied by [#begin]
  public SamplesRecord(ByteSink into) {
    this.into = into;
  }

  public void begin() {
    into.clear();
    count = 0;
  }

  public void add(long ref, long timestampMs, double value) {
    if (count == 0) {
      baseRef = ref;
      baseMs = timestampMs;
      into.u8(RecordType.SAMPLES).u64(ref).u64(timestampMs);
    }
    into.varint(ref - baseRef).varint(timestampMs - baseMs).f64(value);
    count++;
  }

  /// How many samples the record has so far.
  public int count() {
    return count;
  }

  /// What to do with each sample of a record.
  public interface Reader {
    void sample(long ref, long timestampMs, double value);
  }

  /// @param source of a record, behind its type
  /// @throws dev.sightline.storage.codec.BadBytesException if the record is damaged; what stands
  ///   before has been accepted then
  public static void read(ByteSource source, Reader reader) {
    if (source.remaining() == 0) {
      return;
    }
    long baseRef = source.u64();
    long baseMs = source.u64();
    while (source.remaining() > 0) {
      long ref = baseRef + source.varint();
      long timestampMs = baseMs + source.varint();
      reader.sample(ref, timestampMs, source.f64());
    }
  }
}
