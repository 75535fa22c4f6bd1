package dev.sightline.logstore.block;

import dev.sightline.logstore.merge.Span;
import dev.sightline.logstore.merge.StreamPart;
import dev.sightline.logstore.record.LineBody;
import dev.sightline.logstore.record.LineIdentity;
import dev.sightline.model.label.Labels;
import dev.sightline.model.log.LogCursor;
import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.codec.ByteSource;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.fs.OpenFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Writes one block into a new file.
public final class BlockWriter {
  private final OpenFile file;
  private final Compression compression = new Compression();
  private final FrameWriter frame = new FrameWriter();
  private final ByteSink buffer = new ByteSink(2 << 20);
  private final ByteSink streams = new ByteSink(1 << 12);
  private final List<FrameEntry> frames = new ArrayList<>();
  private int[] identities = new int[1 << 12];
  private long offset;
  private final CountsWriter counts = new CountsWriter();
  private int streamCount;
  private long rows;
  private long frameFirstRow;
  private long lineBytes;
  private long minNs = Long.MAX_VALUE;
  private long maxNs = Long.MIN_VALUE;

  private BlockWriter(OpenFile file) {
    this.file = file;
  }

  /// Returns when the file would survive a power cut; its name may not, before its directory is
  /// synced.
  ///
  /// @param parts sorted by labels, each label set once
  /// @param span which of their lines are wanted, forward
  /// @param replaced names of the files whose lines these are
  /// @param numbers those that only the caller knows; the others are ignored
  /// @return how many lines there were in the span; the file is nothing if there were none
  public static long write(
      FileSystem files,
      Path path,
      List<? extends StreamPart> parts,
      Span span,
      BlockSummary numbers,
      List<String> replaced) {
    try (OpenFile file = files.create(path)) {
      BlockWriter writer = new BlockWriter(file);
      writer.buffer.u32(BlockFormat.MAGIC);
      parts.forEach(part -> writer.add(part, span));
      if (writer.rows == 0) {
        return 0;
      }
      writer.finish(numbers, replaced);
      file.sync();
      return writer.rows;
    }
  }

  private void add(StreamPart part, Span span) {
    if (!span.overlaps(part.minNs(), part.maxNs())) {
      return;
    }
    long firstRow = rows;
    long firstNs = 0;
    long lastNs = 0;
    long streamHash = LineIdentity.ofStream(part.labels());
    LogCursor cursor = part.read(span);
    while (cursor.next()) {
      lastNs = cursor.timestampNs();
      firstNs = rows == firstRow ? lastNs : firstNs;
      addRow(streamHash, cursor);
    }
    counts.end();
    if (rows > firstRow) {
      LineBody.writeLabels(streams, part.labels());
      streams.uvarint(rows - firstRow).u64(firstNs).uvarint(lastNs - firstNs);
      streamCount++;
      minNs = Math.min(minNs, firstNs);
      maxNs = Math.max(maxNs, lastNs);
    }
  }

  private void addRow(long streamHash, LogCursor cursor) {
    if (frame.isFull()) {
      endFrame();
    }
    byte[] bytes = cursor.bytes();
    int from = cursor.lineStart();
    int to = cursor.lineEnd();
    Labels metadata = cursor.metadata();
    frame.add(cursor.timestampNs(), bytes, from, to, metadata);
    counts.add(cursor.timestampNs(), to - from, metadata);
    if (rows == identities.length) {
      identities = Arrays.copyOf(identities, 2 * identities.length);
    }
    identities[(int) rows++] =
        LineIdentity.of(streamHash, cursor.timestampNs(), metadata, bytes, from, to);
    lineBytes += to - from;
  }

  private void endFrame() {
    counts.end();
    frames.add(frame.finish(buffer, frameFirstRow, position()));
    frameFirstRow = rows;
    flush();
  }

  private long position() {
    return offset + buffer.size();
  }

  private void flush() {
    ByteBuffer bytes = buffer.view();
    file.write(bytes, offset);
    offset += buffer.size();
    buffer.clear();
  }

  private void finish(BlockSummary numbers, List<String> replaced) {
    endFrame();
    Place ofStreams = section(new ByteSink().uvarint(streamCount), streams);
    ByteSink entries = new ByteSink();
    frames.forEach(entry -> entry.write(entries));
    Place ofFrames = section(new ByteSink().uvarint(frames.size()), entries);
    Place ofIdentities = section(new ByteSink(), new ByteSink().bytes(identityFilter().bits()));
    Place ofCounts = section(counts.head(), counts.entries());
    int footer = buffer.size();
    buffer.u8(BlockFormat.VERSION);
    new BlockSummary(
            numbers.firstSequence(),
            numbers.endSequence(),
            rows,
            lineBytes,
            minNs,
            maxNs,
            numbers.newestArrivalMs())
        .write(buffer);
    ofStreams.write(buffer);
    ofFrames.write(buffer);
    ofIdentities.write(buffer);
    ofCounts.write(buffer);
    buffer.uvarint(replaced.size());
    replaced.forEach(buffer::text);
    int length = buffer.size() - footer;
    long checksum = ByteSource.crc(buffer.view().array(), footer, length);
    buffer.u32(length).u32(checksum).u32(BlockFormat.MAGIC);
    flush();
  }

  private BloomFilter identityFilter() {
    BloomFilter filter =
        BloomFilter.sized((int) rows, BlockFormat.IDENTITY_BITS, BlockFormat.IDENTITY_HASHES);
    for (int i = 0; i < rows; i++) {
      filter.add(LineIdentity.spread(identities[i]));
    }
    return filter;
  }

  private Place section(ByteSink begin, ByteSink rest) {
    byte[] raw = begin.bytes(rest.view().array(), 0, rest.size()).toArray();
    byte[] stored = compression.compress(raw, raw.length);
    Place place =
        new Place(position(), stored.length, raw.length, ByteSource.crc(stored, 0, stored.length));
    buffer.bytes(stored);
    return place;
  }
}
