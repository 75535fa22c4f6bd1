package dev.sightline.predictions.part;

import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.fs.OpenFile;
import java.nio.file.Path;

/// Writes the id index of a part.
final class IdIndexWriter {
  private static final int BUFFER_BYTES = 1 << 20;

  private IdIndexWriter() {}

  /// Returns when the file's content is safe; its name is not yet.
  ///
  /// @return the filter that was written
  static IdFilter write(FileSystem files, Path path, PartEntries entries) {
    IdFilter filter = entries.filter();
    try (OpenFile file = files.create(path)) {
      ByteSink buffer = new ByteSink(BUFFER_BYTES + IdIndexFormat.PAGE_BYTES);
      writeFilter(filter, entries.count(), buffer);
      long[] hashes = entries.sortedHashes();
      int[] rows = entries.rowsOf(hashes);
      long written = 0;
      for (int at = 0; at < hashes.length; at += IdIndexFormat.ENTRIES_PER_PAGE) {
        writePage(hashes, rows, at, buffer);
        if (buffer.size() >= BUFFER_BYTES) {
          file.write(buffer.view(), written);
          written += buffer.size();
          buffer.clear();
        }
      }
      file.write(buffer.view(), written);
      file.sync();
    }
    return filter;
  }

  private static void writeFilter(IdFilter filter, int rows, ByteSink into) {
    long[] words = filter.words();
    into.u32(IdIndexFormat.MAGIC).u32(IdIndexFormat.VERSION).u32(rows).u32(words.length);
    into.checksum(0);
    int start = into.size();
    for (long word : words) {
      into.u64(word);
    }
    into.checksum(start);
    into.pad(0, IdIndexFormat.PAGE_BYTES);
  }

  private static void writePage(long[] hashes, int[] rows, int from, ByteSink into) {
    int start = into.size();
    int count = Math.min(IdIndexFormat.ENTRIES_PER_PAGE, hashes.length - from);
    for (int i = from; i < from + count; i++) {
      into.u64(hashes[i]).u32(rows[i]);
    }
    while (into.size() - start < IdIndexFormat.COUNT_OFFSET) {
      into.u8(0);
    }
    into.u32(count).checksum(start);
  }
}
