package dev.sightline.tsdb.block;

import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.codec.ByteSource;
import dev.sightline.storage.fs.AtomicReplacement;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.fs.OpenFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The file of a block that says what was deleted from it since it was written.
///
/// | Size    | Field      | Meaning                                    |
/// |--------:|------------|--------------------------------------------|
/// | 4       | `magic`    | 0x0130ba30                                 |
/// | 1       | `version`  | 1                                          |
/// | 1 to 10 | `series`   | uvarint; from here on repeated             |
/// | 1 to 10 | `minMs`    | varint, included                           |
/// | 1 to 10 | `maxMs`    | varint, included                           |
/// | 4       | `checksum` | CRC-32C of what stands behind the version  |
final class TombstonesFile {
  private static final long MAGIC = 0x0130ba30L;
  private static final int VERSION = 1;
  private static final int HEADER_BYTES = 5;
  private static final int CHECKSUM_BYTES = 4;

  private TombstonesFile() {}

  /// A span of time, both ends included.
  record Deletion(long minMs, long maxMs) {
    boolean covers(long timestampMs) {
      return minMs <= timestampMs && timestampMs <= maxMs;
    }
  }

  static void writeEmpty(FileSystem files, Path path) {
    try (OpenFile file = files.create(path)) {
      file.write(content(Map.of()).view(), 0);
      file.sync();
    }
  }

  /// Returns when the new file would survive a power cut.
  static void replace(FileSystem files, Path block, Map<Integer, List<Deletion>> deletions) {
    AtomicReplacement.write(files, block, "tombstones", content(deletions).toArray());
  }

  private static ByteSink content(Map<Integer, List<Deletion>> deletions) {
    ByteSink content = new ByteSink().u32(MAGIC).u8(VERSION);
    deletions.forEach(
        (series, spans) ->
            spans.forEach(span -> content.uvarint(series).varint(span.minMs).varint(span.maxMs)));
    return content.checksum(HEADER_BYTES);
  }

  /// Both, in order of time, those that touch as one.
  static List<Deletion> joined(List<Deletion> some, List<Deletion> others) {
    List<Deletion> sorted = new ArrayList<>(some);
    sorted.addAll(others);
    sorted.sort(Comparator.comparingLong(Deletion::minMs));
    List<Deletion> joined = new ArrayList<>();
    for (Deletion next : sorted) {
      Deletion last = joined.isEmpty() ? null : joined.getLast();
      if (last != null && next.minMs <= last.maxMs) {
        joined.set(joined.size() - 1, new Deletion(last.minMs, Math.max(last.maxMs, next.maxMs)));
      } else {
        joined.add(next);
      }
    }
    return List.copyOf(joined);
  }

  /// @return the deletions of each series by its number; none if there is no such file
  static Map<Integer, List<Deletion>> read(FileSystem files, Path path) {
    if (!files.exists(path)) {
      return Map.of();
    }
    byte[] content = AtomicReplacement.read(files, path);
    ByteSource source = new ByteSource(content);
    if (source.u32() != MAGIC || source.u8() != VERSION) {
      throw new BadBytesException(path + " is no file of tombstones");
    }
    int length = content.length - HEADER_BYTES - CHECKSUM_BYTES;
    source.skip(length).checksum(HEADER_BYTES, length);
    ByteSource stones = new ByteSource(content, HEADER_BYTES, length);
    Map<Integer, List<Deletion>> deletions = new HashMap<>();
    while (stones.remaining() > 0) {
      int series = Math.toIntExact(stones.uvarint());
      deletions
          .computeIfAbsent(series, _ -> new ArrayList<>())
          .add(new Deletion(stones.varint(), stones.varint()));
    }
    return deletions;
  }
}
