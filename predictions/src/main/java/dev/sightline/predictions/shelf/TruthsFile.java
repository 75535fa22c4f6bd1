package dev.sightline.predictions.shelf;

import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.predictions.head.Loose;
import dev.sightline.predictions.head.Loose.Kind;
import dev.sightline.predictions.record.RecordCodec;
import dev.sightline.predictions.record.TruthHistory;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.codec.ByteSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The bytes of a file of loose truths: those that wait for their prediction, and those that came
/// after theirs was written to a part.
///
/// Magic `SLPT`, version 1 (4 each); for each prediction a byte 1 where it waits, 2 where its part
/// has no truth, 3 where that has one, a count of truths, and each as in the log with its length
/// before it; a byte 0; CRC-32C.
final class TruthsFile {
  private static final int MAGIC = 0x534c5054;
  private static final int VERSION = 1;
  private static final int CHECKSUM_BYTES = 4;
  private static final int END = 0;
  private static final int WAITING = 1;
  private static final int FIRST = 2;
  private static final int MORE = 3;

  private TruthsFile() {}

  static byte[] encode(Map<String, Map<String, Loose>> byModel) {
    ByteSink into = new ByteSink(1 << 16);
    into.u32(MAGIC).u32(VERSION);
    byModel.values().forEach(byId -> byId.values().forEach(one -> write(one, into)));
    return into.u8(END).checksum(0).toArray();
  }

  private static void write(Loose one, ByteSink into) {
    into.u8(
        switch (one.kind()) {
          case WAITING, WAITING_ON -> WAITING;
          case FIRST -> FIRST;
          case MORE -> MORE;
        });
    into.uvarint(one.history().truths().size());
    for (GroundTruth truth : one.history().truths()) {
      byte[] record = RecordCodec.encode(truth);
      into.uvarint(record.length).bytes(record);
    }
  }

  /// @return by model and id
  /// @throws BadBytesException if it is damaged
  static Map<String, Map<String, Loose>> decode(byte[] bytes) {
    ByteSource from = new ByteSource(bytes);
    if (bytes.length < 3 * CHECKSUM_BYTES || from.u32() != MAGIC || from.u32() != VERSION) {
      throw new BadBytesException("not a file of truths of version " + VERSION);
    }
    int length = bytes.length - CHECKSUM_BYTES;
    new ByteSource(bytes).skip(length).checksum(0, length);
    Map<String, Map<String, Loose>> byModel = new HashMap<>();
    for (int kind = from.u8(); kind != END; kind = from.u8()) {
      List<GroundTruth> truths = new ArrayList<>();
      for (int left = from.length(); left > 0; left--) {
        truths.add(RecordCodec.decodeTruth(from.bytes(from.length())));
      }
      Loose one = new Loose(new TruthHistory(truths), kind(kind));
      GroundTruth newest = one.history().newest();
      byModel.computeIfAbsent(newest.model(), _ -> new HashMap<>()).put(newest.predictionId(), one);
    }
    return byModel;
  }

  private static Kind kind(int kind) {
    return switch (kind) {
      case WAITING -> Kind.WAITING;
      case FIRST -> Kind.FIRST;
      case MORE -> Kind.MORE;
      default -> throw new BadBytesException("a truth of the unknown kind " + kind);
    };
  }
}
