package dev.sightline.predictions.keyed;

import dev.sightline.model.prediction.KeyedTruth;
import dev.sightline.predictions.record.RecordCodec;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.codec.ByteSource;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The bytes of one record of the log of truths by key.
///
/// | Offset | Size | Field | Meaning |
/// |-------:|-----:|-------|---------|
/// | 0 | 1 | `kind` | 1 waits, 2 waits no longer |
/// | 1 | 1 | `version` | 1 |
/// | 2 | 8 | `number` | of the truth, big-endian |
///
/// One that waits goes on with 8 bytes `arrivedMs`, 8 bytes `windowMs`, a byte 1 and 8 bytes
/// `timeMs` or a byte 0, the text `model`, the counted pairs of texts `key` and one datum.
final class KeyedTruthCodec {
  private static final int WAITS = 1;
  private static final int DONE = 2;
  private static final int VERSION = 1;

  private KeyedTruthCodec() {}

  /// What a record says.
  sealed interface Entry {
    record Waits(WaitingTruth truth) implements Entry {}

    record Done(long number) implements Entry {}
  }

  static byte[] encode(WaitingTruth waiting) {
    KeyedTruth truth = waiting.truth();
    ByteSink into = new ByteSink();
    into.u8(WAITS).u8(VERSION).u64(waiting.number()).u64(waiting.arrivedMs());
    into.u64(truth.window().toMillis());
    Long timeMs = truth.timeMs();
    into.u8(timeMs == null ? 0 : 1);
    if (timeMs != null) {
      into.u64(timeMs);
    }
    into.text(truth.model());
    into.uvarint(truth.key().size());
    for (Map.Entry<String, String> one : truth.key().entrySet()) {
      into.text(one.getKey()).text(one.getValue());
    }
    RecordCodec.encodeDatum(truth.value(), into);
    return into.toArray();
  }

  static byte[] encodeDone(long number) {
    return new ByteSink().u8(DONE).u8(VERSION).u64(number).toArray();
  }

  /// @throws BadBytesException if it is of another version, or damaged
  static Entry decode(ByteBuffer record) {
    ByteSource from = ByteSource.of(record);
    int kind = from.u8();
    int version = from.u8();
    if (version != VERSION || kind != WAITS && kind != DONE) {
      throw new BadBytesException("a record of kind " + kind + ", version " + version);
    }
    long number = from.u64();
    return kind == DONE ? new Entry.Done(number) : new Entry.Waits(waiting(number, from));
  }

  private static WaitingTruth waiting(long number, ByteSource from) {
    long arrivedMs = from.u64();
    Duration window = Duration.ofMillis(from.u64());
    Long timeMs = from.u8() == 0 ? null : (Long) from.u64();
    String model = from.text();
    SortedMap<String, String> key = new TreeMap<>();
    for (int left = from.length(); left > 0; left--) {
      key.put(from.text(), from.text());
    }
    if (model.isEmpty() || key.isEmpty() || !window.isPositive()) {
      throw new BadBytesException("a truth without model, key or window");
    }
    KeyedTruth truth = new KeyedTruth(model, key, RecordCodec.decodeDatum(from), timeMs, window);
    return new WaitingTruth(number, truth, arrivedMs);
  }
}
