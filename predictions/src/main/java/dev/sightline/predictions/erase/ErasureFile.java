package dev.sightline.predictions.erase;

import dev.sightline.model.prediction.PredictionDeletions.Deletion;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.codec.ByteSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/// The bytes of the file of deletions.
///
/// Magic `SLPE`, version 1 (4 each), the number of the next deletion (8), a count; for each its
/// number (8), the texts model, kind, field, fingerprint and by, the time of the request (8),
/// counts of predictions and truths by key, the time since which it is done or 0 (8), and a count
/// of hashes of ids (8 each); CRC-32C.
///
/// @param next number
record ErasureFile(long next, List<Erasure> erasures) {
  private static final int MAGIC = 0x534c5045;
  private static final int VERSION = 1;
  private static final int CHECKSUM_BYTES = 4;

  ErasureFile {
    erasures = List.copyOf(erasures);
  }

  byte[] encode() {
    ByteSink into = new ByteSink(1 << 12);
    into.u32(MAGIC).u32(VERSION).u64(next).uvarint(erasures.size());
    erasures.forEach(one -> write(one, into));
    return into.checksum(0).toArray();
  }

  private static void write(Erasure erasure, ByteSink into) {
    Deletion deletion = erasure.deletion();
    Long goneMs = deletion.goneMs();
    into.u64(deletion.number()).text(deletion.model()).text(deletion.kind());
    into.text(deletion.field()).text(deletion.fingerprint()).text(deletion.by());
    into.u64(deletion.requestedMs()).uvarint(deletion.predictions());
    into.uvarint(deletion.truthsByKey()).u64(goneMs == null ? 0 : goneMs);
    into.uvarint(erasure.ids().size());
    erasure.ids().stream().forEach(into::u64);
  }

  /// @throws BadBytesException if it is damaged
  static ErasureFile decode(byte[] bytes) {
    ByteSource from = new ByteSource(bytes);
    if (bytes.length < 3 * CHECKSUM_BYTES || from.u32() != MAGIC || from.u32() != VERSION) {
      throw new BadBytesException("not a file of deletions of version " + VERSION);
    }
    int length = bytes.length - CHECKSUM_BYTES;
    new ByteSource(bytes).skip(length).checksum(0, length);
    long next = from.u64();
    List<Erasure> erasures = new ArrayList<>();
    for (int left = from.length(); left > 0; left--) {
      erasures.add(read(from));
    }
    return new ErasureFile(next, erasures);
  }

  private static Erasure read(ByteSource from) {
    long number = from.u64();
    String model = from.text();
    String kind = from.text();
    String field = from.text();
    String fingerprint = from.text();
    String by = from.text();
    long requestedMs = from.u64();
    long predictions = from.uvarint();
    long truthsByKey = from.uvarint();
    long goneMs = from.u64();
    long[] hashes = new long[from.length()];
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = from.u64();
    }
    Deletion deletion =
        new Deletion(
            number,
            model,
            kind,
            field,
            fingerprint,
            by,
            requestedMs,
            predictions,
            truthsByKey,
            goneMs == 0 ? null : (Long) goneMs,
            "");
    return new Erasure(deletion, IdHashes.of(LongStream.of(hashes)));
  }
}
