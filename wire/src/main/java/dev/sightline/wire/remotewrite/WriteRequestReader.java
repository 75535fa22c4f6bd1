package dev.sightline.wire.remotewrite;

import dev.sightline.model.label.Label;
import dev.sightline.model.label.Labels;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads remote writes of version 1.0.
///
/// | Message  | Field | Type     | Meaning                                    |
/// |----------|------:|----------|--------------------------------------------|
/// | request  |     1 | messages | series                                     |
/// |          |     3 | messages | metadata                                   |
/// | series   |     1 | messages | labels: name (1), value (2)                |
/// |          |     2 | messages | samples: value (1, double), time (2, ms)   |
/// |          |     3 | messages | exemplars: labels (1), value (2), time (3) |
/// |          |     4 | messages | histograms                                 |
/// | metadata |     1 | number   | type                                       |
/// |          |     2 | text     | family                                     |
/// |          |   4 5 | text     | help, unit                                 |
///
/// Fields that are not named here are passed over.
public final class WriteRequestReader {
  private static final VarHandle DOUBLE =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED32 = 5;
  private static final int LABELS_TAG = 1 << 3 | LENGTH_DELIMITED;
  private static final int HISTOGRAMS_TAG = 4 << 3 | LENGTH_DELIMITED;
  private static final List<String> TYPES =
      List.of(
          "unknown",
          "counter",
          "gauge",
          "histogram",
          "gaugehistogram",
          "summary",
          "info",
          "stateset");

  private final byte[] bytes;
  private final WriteRequest into;
  private int at;

  private WriteRequestReader(byte[] bytes, LabelCache cache) {
    this.bytes = bytes;
    this.into = new WriteRequest(bytes, cache);
  }

  /// @param maxBytes once decompressed
  /// @throws WriteException if it is something else, or larger
  public static WriteRequest read(byte[] body, int maxBytes, LabelCache cache) {
    WriteRequestReader reader =
        new WriteRequestReader(SnappyBlock.decompress(body, maxBytes), cache);
    reader.request();
    return reader.into;
  }

  private void request() {
    while (at < bytes.length) {
      int tag = tag();
      int end = fieldEnd(tag, bytes.length);
      if (tag == LABELS_TAG) {
        series(end);
      } else if (tag == (3 << 3 | LENGTH_DELIMITED)) {
        metadata(end);
      }
      at = end;
    }
  }

  // Series.

  private void series(int end) {
    int start = at;
    int labelsEnd = start;
    int samples = 0;
    boolean labelsFirst = true;
    while (at < end) {
      int tag = tag();
      at = fieldEnd(tag, end);
      if (tag == LABELS_TAG) {
        labelsFirst &= samples == 0;
        labelsEnd = at;
      } else {
        samples++;
      }
    }
    Labels labels = labels(start, labelsFirst ? labelsEnd : end, labelsFirst, samples);
    if (labels != null) {
      at = labelsFirst ? labelsEnd : start;
      points(labels, end);
    }
  }

  private void points(Labels labels, int end) {
    while (at < end) {
      int tag = tag();
      int fieldEnd = fieldEnd(tag, end);
      if (tag == (2 << 3 | LENGTH_DELIMITED)) {
        sample(labels, fieldEnd);
      } else if (tag == (3 << 3 | LENGTH_DELIMITED)) {
        exemplar(labels, fieldEnd);
      } else if (tag == HISTOGRAMS_TAG) {
        into.refuse(1, "native histograms are not stored: " + labels);
      }
      at = fieldEnd;
    }
  }

  private void sample(Labels labels, int end) {
    double value = 0;
    long timestampMs = 0;
    while (at < end) {
      int tag = tag();
      if (tag == (1 << 3 | FIXED64)) {
        value = fixed64(end);
      } else if (tag == (2 << 3 | VARINT)) {
        timestampMs = varint(end);
      } else {
        at = fieldEnd(tag, end);
      }
    }
    into.samples().add(labels, timestampMs, value);
  }

  private void exemplar(Labels series, int end) {
    int start = at;
    double value = 0;
    long timestampMs = 0;
    while (at < end) {
      int tag = tag();
      if (tag == (2 << 3 | FIXED64)) {
        value = fixed64(end);
      } else if (tag == (3 << 3 | VARINT)) {
        timestampMs = varint(end);
      } else {
        at = fieldEnd(tag, end);
      }
    }
    at = start;
    try {
      Labels labels = decode(end);
      into.exemplars().add(new WriteRequest.Exemplar(series, labels, timestampMs, value));
    } catch (IllegalArgumentException _) {
      // an exemplar that cannot be read costs no sample
    }
    at = end;
  }

  // Labels.

  /// @param end of the labels, or of the whole series where they are scattered
  private @Nullable Labels labels(int start, int end, boolean together, int samples) {
    Labels known = together ? into.known(start, end - start) : null;
    if (known != null) {
      return known;
    }
    at = start;
    try {
      Labels labels = decode(end);
      if (together) {
        into.decoded(start, end - start, labels);
      }
      return labels;
    } catch (IllegalArgumentException bad) {
      into.refuse(samples, String.valueOf(bad.getMessage()));
      return null;
    }
  }

  /// The labels among the fields up to `end`.
  ///
  /// @throws IllegalArgumentException if one comes twice, or is not Unicode
  private Labels decode(int end) {
    List<Label> labels = new ArrayList<>();
    while (at < end) {
      int tag = tag();
      int fieldEnd = fieldEnd(tag, end);
      if (tag == LABELS_TAG) {
        labels.add(label(fieldEnd));
      }
      at = fieldEnd;
    }
    return Labels.of(labels);
  }

  private Label label(int end) {
    String name = "";
    String value = "";
    while (at < end) {
      int tag = tag();
      int fieldEnd = fieldEnd(tag, end);
      if (tag == (1 << 3 | LENGTH_DELIMITED)) {
        name = text(fieldEnd);
      } else if (tag == (2 << 3 | LENGTH_DELIMITED)) {
        value = text(fieldEnd);
      }
      at = fieldEnd;
    }
    return new Label(name, value);
  }

  private String text(int end) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, at, end - at))
          .toString();
    } catch (CharacterCodingException _) {
      throw new IllegalArgumentException("a label of a series is not UTF-8, at byte " + at);
    }
  }

  // Metadata.

  private void metadata(int end) {
    int type = 0;
    String family = "";
    String help = "";
    String unit = "";
    while (at < end) {
      int tag = tag();
      if (tag == (1 << 3 | VARINT)) {
        type = (int) varint(end);
        continue;
      }
      int fieldEnd = fieldEnd(tag, end);
      switch (tag) {
        case 2 << 3 | LENGTH_DELIMITED -> family = anyText(fieldEnd);
        case 4 << 3 | LENGTH_DELIMITED -> help = anyText(fieldEnd);
        case 5 << 3 | LENGTH_DELIMITED -> unit = anyText(fieldEnd);
        default -> {}
      }
      at = fieldEnd;
    }
    if (!family.isEmpty()) {
      String named = type >= 0 && type < TYPES.size() ? TYPES.get(type) : TYPES.getFirst();
      into.metadata().add(new WriteRequest.Metadata(family, named, help, unit));
    }
  }

  private String anyText(int end) {
    return new String(bytes, at, end - at, StandardCharsets.UTF_8);
  }

  // Protobuf.

  private int tag() {
    byte first = bytes[at];
    if (first >= 0) {
      at++;
      return first;
    }
    return (int) varint(bytes.length);
  }

  /// Where the field whose tag was just read ends; the place moves behind its length.
  private int fieldEnd(int tag, int outer) {
    long length =
        switch (tag & 7) {
          case VARINT -> {
            varint(outer);
            yield 0;
          }
          case FIXED64 -> 8;
          case LENGTH_DELIMITED -> varint(outer);
          case FIXED32 -> 4;
          default ->
              throw new WriteException(
                  String.format(
                      Locale.ROOT, "the body is no remote write: wire type %d at %d", tag & 7, at));
        };
    if (length < 0 || length > outer - at) {
      throw truncated();
    }
    return at + (int) length;
  }

  private double fixed64(int end) {
    if (end - at < 8) {
      throw truncated();
    }
    at += 8;
    return (double) DOUBLE.get(bytes, at - 8);
  }

  private long varint(int end) {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at >= end) {
        throw truncated();
      }
      byte b = bytes[at++];
      value |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new WriteException("the body is no remote write: a number of more than 10 bytes");
  }

  private static WriteException truncated() {
    return new WriteException("the body is no remote write, or ends early");
  }
}
