package dev.sightline.tsdb.block;

import static dev.sightline.tsdb.block.IndexFormat.POSTINGS_ALIGNMENT;
import static dev.sightline.tsdb.block.IndexFormat.SERIES_ALIGNMENT;

import dev.sightline.model.label.CodePointOrder;
import dev.sightline.model.label.Labels;
import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.fs.FileSystem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Writes an index file: first all symbols, then series after series, at last what finds them.
///
/// @see IndexFormat
final class IndexFile implements AutoCloseable {
  private final FileSink file;
  private final Map<String, Integer> symbols = new HashMap<>();
  private final List<Integer> all = new ArrayList<>();
  private final TreeMap<String, TreeMap<String, List<Integer>>> byName =
      new TreeMap<>(CodePointOrder::compare);
  private final ByteSink entry = new ByteSink();
  private final ByteSink offsets = new ByteSink();
  private int offsetCount;
  private final long seriesStart;

  /// @param texts every label name and value that will come, sorted, each once
  IndexFile(FileSystem files, Path path, Collection<String> texts) {
    this.file = new FileSink(files, path);
    file.buffer().u32(IndexFormat.MAGIC).u8(IndexFormat.VERSION);
    ByteSink section = new ByteSink().u32(texts.size());
    for (String text : texts) {
      symbols.put(text, symbols.size());
      section.text(text);
    }
    addSection(section);
    this.seriesStart = file.position();
  }

  /// @param labels above those of the series before
  void add(Labels labels, List<ChunkMeta> chunks) {
    file.pad(SERIES_ALIGNMENT);
    int number = Math.toIntExact(file.position() / SERIES_ALIGNMENT);
    entry.clear();
    entry.uvarint(labels.size());
    for (int i = 0; i < labels.size(); i++) {
      entry.uvarint(symbol(labels.name(i))).uvarint(symbol(labels.value(i)));
      byName
          .computeIfAbsent(labels.name(i), _ -> new TreeMap<>(CodePointOrder::compare))
          .computeIfAbsent(labels.value(i), _ -> new ArrayList<>())
          .add(number);
    }
    all.add(number);
    addChunks(chunks);
    ByteSink into = file.buffer().uvarint(entry.size());
    int from = into.size();
    into.bytes(entry.toArray()).checksum(from);
    file.step();
  }

  private int symbol(String text) {
    Integer number = symbols.get(text);
    if (number == null) {
      throw new IllegalStateException("BUG: " + text + " is no symbol of this index");
    }
    return number;
  }

  private void addChunks(List<ChunkMeta> chunks) {
    entry.uvarint(chunks.size());
    ChunkMeta before = null;
    for (ChunkMeta chunk : chunks) {
      if (before == null) {
        entry.varint(chunk.minMs()).uvarint(chunk.maxMs() - chunk.minMs()).uvarint(chunk.ref());
      } else {
        entry
            .uvarint(chunk.minMs() - before.maxMs())
            .uvarint(chunk.maxMs() - chunk.minMs())
            .varint(chunk.ref() - before.ref());
      }
      before = chunk;
    }
  }

  /// Returns when all of the file would survive a power cut.
  void finish() {
    long postingsStart = file.position();
    addPostings("", "", all);
    byName.forEach(
        (name, byValue) -> byValue.forEach((value, numbers) -> addPostings(name, value, numbers)));
    long tableStart = file.position();
    addSection(new ByteSink().u32(offsetCount).bytes(offsets.toArray()));
    ByteSink into = file.buffer();
    int from = into.size();
    into.u64(IndexFormat.HEADER_BYTES).u64(seriesStart).u64(postingsStart).u64(tableStart);
    into.u64(postingsStart).u64(tableStart).checksum(from);
    file.finish();
  }

  private void addPostings(String name, String value, List<Integer> numbers) {
    file.pad(POSTINGS_ALIGNMENT);
    offsets.u8(2).text(name).text(value).uvarint(file.position());
    offsetCount++;
    ByteSink section = new ByteSink(4 * numbers.size() + 4).u32(numbers.size());
    numbers.forEach(section::u32);
    addSection(section);
  }

  private void addSection(ByteSink section) {
    ByteSink into = file.buffer().u32(section.size());
    int from = into.size();
    into.bytes(section.toArray()).checksum(from);
    file.step();
  }

  @Override
  public void close() {
    file.close();
  }
}
