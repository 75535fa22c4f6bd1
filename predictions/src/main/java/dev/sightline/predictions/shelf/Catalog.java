package dev.sightline.predictions.shelf;

import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.codec.ByteSource;
import java.util.ArrayList;
import java.util.List;

/// The list of the files that count, and where the log goes on: what is replaced in one step when
/// files take the place of others, or of a piece of the log.
///
/// The file `catalog`, big-endian: magic `SLPC`, version 1, log file (4), records skipped (8), cut
/// (8), next sequence (8), newest ms (8), next number (4), file of truths or -1 (4), count of parts
/// and their numbers (4 each), CRC-32C.
///
/// @param nextNumber of the next file
/// @param truthsFile number of the file of loose truths, -1 if there is none
/// @param parts their numbers, rising
record Catalog(
    LogPosition position, Counters counters, int nextNumber, int truthsFile, List<Integer> parts) {
  static final Catalog EMPTY =
      new Catalog(LogPosition.START, new Counters(0, Long.MIN_VALUE), 0, -1, List.of());

  private static final int MAGIC = 0x534c5043;
  private static final int VERSION = 1;
  private static final int CHECKSUM_BYTES = 4;

  Catalog {
    parts = List.copyOf(parts);
  }

  byte[] encode() {
    ByteSink into = new ByteSink();
    into.u32(MAGIC).u32(VERSION);
    into.u32(position.file()).u64(position.skipped()).u64(position.cut());
    into.u64(counters.nextSequence()).u64(counters.newestMs()).u32(nextNumber).u32(truthsFile);
    into.u32(parts.size());
    parts.forEach(into::u32);
    return into.checksum(0).toArray();
  }

  /// @throws BadBytesException if it is damaged
  static Catalog decode(byte[] bytes) {
    ByteSource from = new ByteSource(bytes);
    if (bytes.length < 2 * CHECKSUM_BYTES || from.u32() != MAGIC) {
      throw new BadBytesException("not a catalog of predictions");
    }
    long version = from.u32();
    if (version != VERSION) {
      throw new BadBytesException(
          "a catalog of version " + version + ", this program reads " + VERSION);
    }
    int length = bytes.length - CHECKSUM_BYTES;
    new ByteSource(bytes).skip(length).checksum(0, length);
    LogPosition position = new LogPosition((int) from.u32(), from.u64(), from.u64());
    Counters counters = new Counters(from.u64(), from.u64());
    int nextNumber = (int) from.u32();
    int truthsFile = (int) from.u32();
    List<Integer> parts = new ArrayList<>();
    for (long left = from.u32(); left > 0; left--) {
      parts.add((int) from.u32());
    }
    return new Catalog(position, counters, nextNumber, truthsFile, parts);
  }
}
