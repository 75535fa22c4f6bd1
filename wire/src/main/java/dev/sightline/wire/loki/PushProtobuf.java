package dev.sightline.wire.loki;

import dev.sightline.model.label.Labels;
import dev.sightline.model.log.LogBatch;
import dev.sightline.wire.loki.PushJson.Push;
import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.snappy.SnappyJavaDecompressor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads pushes in Loki's protobuf messages within a snappy block.
///
/// | Message | Field | Type | Meaning |
/// |---|---:|---|---|
/// | push | 1 | messages | streams |
/// | stream | 1 | text | labels, `{app="x"}` |
/// | | 2 | messages | entries |
/// | entry | 1 | message | time: seconds (1), nanoseconds (2) |
/// | | 2 | text | line |
/// | | 3 | messages | structured metadata: name (1), value (2) |
public final class PushProtobuf {
  private static final int LENGTH_DELIMITED = 2;

  private final byte[] bytes;
  private final LabelReader labelReader;
  private final LogBatch batch = new LogBatch();
  private int streams;
  private int at;

  private PushProtobuf(byte[] bytes, LabelReader labelReader) {
    this.bytes = bytes;
    this.labelReader = labelReader;
  }

  /// Reads the labels of a stream, which are a text in the log language.
  public interface LabelReader {
    /// @throws RuntimeException with what is wrong
    Labels read(String text);
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Entry(long timestampNs, byte[] line, Labels metadata) {}

  /// @param maxBytes once decompressed
  /// @throws PushException if it is something else, or larger
  public static Push read(byte[] body, int maxBytes, LabelReader labelReader) {
    PushProtobuf reader = new PushProtobuf(decompressed(body, maxBytes), labelReader);
    reader.push();
    return new Push(reader.batch, reader.streams);
  }

  private static byte[] decompressed(byte[] body, int maxBytes) {
    try {
      SnappyJavaDecompressor snappy = new SnappyJavaDecompressor();
      int length = snappy.getUncompressedLength(body, 0);
      if (length > maxBytes) {
        throw new PushException(
            "the push has " + length + " bytes decompressed, the limit is " + maxBytes);
      }
      byte[] plain = new byte[length];
      int size = snappy.decompress(body, 0, body.length, plain, 0, length);
      return size == length ? plain : Arrays.copyOf(plain, size);
    } catch (MalformedInputException | IndexOutOfBoundsException | IllegalArgumentException bad) {
      throw new PushException("the push is no snappy block: " + bad.getMessage());
    }
  }

  private void push() {
    while (at < bytes.length) {
      int tag = tag();
      int end = fieldEnd(tag, bytes.length);
      if (tag >>> 3 == 1) {
        stream(end);
      }
      at = end;
    }
  }

  private void stream(int end) {
    streams++;
    Labels labels = Labels.EMPTY;
    List<Entry> entries = new ArrayList<>();
    while (at < end) {
      int tag = tag();
      int fieldEnd = fieldEnd(tag, end);
      if (tag >>> 3 == 1) {
        labels = labels(new String(bytes, at, fieldEnd - at, StandardCharsets.UTF_8));
      } else if (tag >>> 3 == 2) {
        entries.add(entry(fieldEnd));
      }
      at = fieldEnd;
    }
    for (Entry entry : entries) {
      batch.add(labels, entry.timestampNs, entry.line, entry.metadata);
    }
  }

  private Labels labels(String text) {
    try {
      return labelReader.read(text);
    } catch (RuntimeException bad) {
      throw new PushException("the labels of a stream cannot be read: " + bad.getMessage());
    }
  }

  private Entry entry(int end) {
    long timestampNs = 0;
    byte[] line = new byte[0];
    Labels.Builder metadata = null;
    while (at < end) {
      int tag = tag();
      int fieldEnd = fieldEnd(tag, end);
      switch (tag >>> 3) {
        case 1 -> timestampNs = time(fieldEnd);
        case 2 -> line = Arrays.copyOfRange(bytes, at, fieldEnd);
        case 3 -> {
          metadata = metadata == null ? Labels.EMPTY.toBuilder() : metadata;
          pair(metadata, fieldEnd);
        }
        default -> {}
      }
      at = fieldEnd;
    }
    return new Entry(timestampNs, line, metadata == null ? Labels.EMPTY : metadata.build());
  }

  private long time(int end) {
    long seconds = 0;
    long nanos = 0;
    while (at < end) {
      int tag = tag();
      if ((tag & 7) == 0) {
        long value = varint();
        seconds = tag >>> 3 == 1 ? value : seconds;
        nanos = tag >>> 3 == 2 ? value : nanos;
      } else {
        at = fieldEnd(tag, end);
      }
    }
    return seconds * 1_000_000_000L + nanos;
  }

  private void pair(Labels.Builder labels, int end) {
    String name = "";
    String value = "";
    while (at < end) {
      int tag = tag();
      int fieldEnd = fieldEnd(tag, end);
      String text = new String(bytes, at, fieldEnd - at, StandardCharsets.UTF_8);
      name = tag >>> 3 == 1 ? text : name;
      value = tag >>> 3 == 2 ? text : value;
      at = fieldEnd;
    }
    labels.set(name, value);
  }

  private int tag() {
    return (int) varint();
  }

  /// The length of what follows a tag: of the message or text, or of a number that is passed over.
  private int length(int tag) {
    return switch (tag & 7) {
      case 0 -> {
        varint();
        yield 0;
      }
      case 1 -> 8;
      case LENGTH_DELIMITED -> {
        long length = varint();
        if (length < 0 || length > bytes.length - at) {
          throw truncated();
        }
        yield (int) length;
      }
      case 5 -> 4;
      default -> throw new PushException("the push is no protobuf: wire type " + (tag & 7));
    };
  }

  /// Where the field whose tag was just read ends.
  private int fieldEnd(int tag, int outer) {
    int length = length(tag);
    if (at + length > outer) {
      throw truncated();
    }
    return at + length;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at >= bytes.length) {
        throw truncated();
      }
      byte b = bytes[at++];
      value |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new PushException("the push is no protobuf: a number of more than 10 bytes");
  }

  private static PushException truncated() {
    return new PushException("the push is no protobuf, or ends early");
  }
}
