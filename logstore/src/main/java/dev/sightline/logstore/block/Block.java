package dev.sightline.logstore.block;

import dev.sightline.logstore.block.BlockIndex.StreamRows;
import dev.sightline.logstore.merge.Span;
import dev.sightline.logstore.merge.StreamPart;
import dev.sightline.logstore.record.LineIdentity;
import dev.sightline.model.label.Labels;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.log.LineCounts;
import dev.sightline.model.log.LogCursor;
import dev.sightline.model.log.LogSource.Direction;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSource;
import dev.sightline.storage.fs.FileSystem;
import dev.sightline.storage.fs.OpenFile;
import dev.sightline.storage.fs.StorageException;
import java.lang.ref.SoftReference;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An immutable block of lines on disk.
///
/// Its file is open while somebody reads. Safe for any number of threads.
public final class Block {
  private static final Logger LOG = LoggerFactory.getLogger(Block.class);

  private final FileSystem files;
  private final Path path;
  private final BlockSummary summary;
  private final Place streams;
  private final Place directory;
  private final Place identities;
  private final @Nullable Place counts;
  private final List<String> replaced;
  private final int version;
  private final long sizeBytes;
  private final FrameCache cache;
  private final Runnable onDamage;

  // guarded by this
  private SoftReference<BlockIndex> index = new SoftReference<>(null);
  private @Nullable BloomFilter identityFilter;
  private @Nullable OpenFile open;
  private int readers;

  /// What the blocks of a store share.
  ///
  /// @param onDamage called for each frame that cannot be read
  public record Shared(FileSystem files, FrameCache cache, Runnable onDamage) {}

  private Block(Shared shared, Path path, long sizeBytes, ByteSource footer) {
    this.sizeBytes = sizeBytes;
    this.version = footer.u8();
    this.files = shared.files;
    this.cache = shared.cache;
    this.onDamage = shared.onDamage;
    this.path = path;
    this.summary = BlockSummary.read(footer);
    this.streams = Place.read(footer);
    this.directory = Place.read(footer);
    this.identities = Place.read(footer);
    boolean first = version == BlockFormat.FIRST_VERSION;
    this.counts = first ? null : Place.read(footer);
    this.replaced = first ? List.of() : names(footer);
  }

  /// Checks everything but the lines themselves.
  ///
  /// @throws BadBytesException if the file is no whole block
  /// @throws NewerVersionException if another version of this program has to read it
  public static Block open(Shared shared, Path path) {
    try (OpenFile file = shared.files.openForReading(path)) {
      Block block = new Block(shared, path, file.sizeBytes(), footer(file));
      block.remember(block.readIndex(file));
      return block;
    }
  }

  private static List<String> names(ByteSource footer) {
    int count = footer.length();
    List<String> names = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      names.add(footer.text());
    }
    return List.copyOf(names);
  }

  private static ByteSource footer(OpenFile file) {
    long size = file.sizeBytes();
    byte[] end = read(file, size - BlockFormat.END_BYTES, BlockFormat.END_BYTES);
    ByteSource source = new ByteSource(end);
    int length = Place.bounded(source.u32());
    long checksum = source.u32();
    if (source.u32() != BlockFormat.MAGIC) {
      throw new BadBytesException(file.path() + " does not end as a block does");
    }
    long at = size - BlockFormat.END_BYTES - length;
    if (at < 0) {
      throw new BadBytesException(file.path() + " is too short for its footer");
    }
    byte[] footer = Place.fetch(file, at, length, checksum);
    int version = new ByteSource(footer).u8();
    if (version < BlockFormat.FIRST_VERSION || version > BlockFormat.VERSION) {
      throw new NewerVersionException(path(file), version);
    }
    return new ByteSource(footer);
  }

  private static Path path(OpenFile file) {
    return file.path();
  }

  private static byte[] read(OpenFile file, long offset, int length) {
    byte[] bytes = new byte[length];
    if (offset < 0 || file.read(ByteBuffer.wrap(bytes), offset) < length) {
      throw new BadBytesException(file.path() + " is too short for a block");
    }
    return bytes;
  }

  private BlockIndex readIndex(OpenFile file) {
    byte[] counted = counts == null ? new byte[0] : counts.load(file);
    return BlockIndex.read(streams.load(file), directory.load(file), counted, summary.rows());
  }

  private synchronized void remember(BlockIndex read) {
    index = new SoftReference<>(read);
  }

  public BlockSummary summary() {
    return summary;
  }

  public Path path() {
    return path;
  }

  /// The names of the files whose lines are here now.
  public List<String> replaced() {
    return replaced;
  }

  /// What the file takes on disk.
  public long sizeBytes() {
    return sizeBytes;
  }

  /// Keeps the file open until as many calls of [#release].
  ///
  /// @throws StorageException if it cannot be opened
  public synchronized void acquire() {
    if (open == null) {
      open = files.openForReading(path);
    }
    readers++;
  }

  public synchronized void release() {
    readers--;
    OpenFile file = open;
    if (readers == 0 && file != null) {
      file.close();
      open = null;
    }
  }

  private synchronized OpenFile file() {
    OpenFile file = open;
    if (file == null) {
      throw new IllegalStateException("BUG: a block is read that nobody has acquired");
    }
    return file;
  }

  private BlockIndex index() {
    BlockIndex known;
    synchronized (this) {
      known = index.get();
    }
    if (known == null) {
      known = readIndex(file());
      remember(known);
    }
    return known;
  }

  /// The streams that satisfy all matchers and may hold lines in the range. The block is acquired.
  public List<StreamPart> select(List<Matcher> matchers, long startNs, long endNs) {
    if (summary.minNs() >= endNs || summary.maxNs() < startNs) {
      return List.of();
    }
    BlockIndex present = index();
    List<StreamPart> found = new ArrayList<>();
    BitSet selected = present.index().select(matchers);
    for (int i = selected.nextSetBit(0); i >= 0; i = selected.nextSetBit(i + 1)) {
      StreamRows rows = present.streams().get(i);
      if (rows.minNs() < endNs && rows.maxNs() >= startNs) {
        found.add(new Part(this, present, i));
      }
    }
    return found;
  }

  private record Part(Block block, BlockIndex index, int number) implements StreamPart {
    @Override
    public Labels labels() {
      return index.index().labels(number);
    }

    @Override
    public long minNs() {
      return index.streams().get(number).minNs();
    }

    @Override
    public long maxNs() {
      return index.streams().get(number).maxNs();
    }

    @Override
    public LogCursor read(Span span) {
      return new BlockCursor(block, index, index.streams().get(number), span);
    }

    @Override
    public void count(Span span, Set<String> metadataNames, LineCounts into) {
      new BlockCounter(block, index, index.streams().get(number), span).count(metadataNames, into);
    }
  }

  /// @return null if the frame cannot be read, which has been said then
  @Nullable Frame frame(FrameEntry entry, int number) {
    Frame known = cache.find(this, number);
    if (known != null) {
      return known;
    }
    try {
      Frame read = new Frame(entry, entry.columns(file()), version);
      cache.keep(this, number, read);
      return read;
    } catch (BadBytesException | StorageException damage) {
      onDamage.run();
      LOG.error("logs: {} lines cannot be read: {}", entry.rows(), damage.getMessage());
      return null;
    }
  }

  /// A filter that cannot be read keeps nothing back.
  boolean mayHold(FrameEntry entry, Words.Needles needles) {
    try {
      return !needles.areKnown() || needles.mayBeIn(entry.filter(file()));
    } catch (BadBytesException | StorageException damage) {
      onDamage.run();
      LOG.warn("logs: a filter cannot be read: {}", damage.getMessage());
      return true;
    }
  }

  /// Whether a line of an identity may be here; false for certain.
  public boolean mayContain(long timestampNs, int identity) {
    if (timestampNs < summary.minNs() || timestampNs > summary.maxNs()) {
      return false;
    }
    BloomFilter filter;
    synchronized (this) {
      filter = identityFilter;
      if (filter == null) {
        filter = readIdentities();
        identityFilter = filter;
      }
    }
    return filter.mayContain(LineIdentity.spread(identity));
  }

  private BloomFilter readIdentities() {
    try (OpenFile file = files.openForReading(path)) {
      return new BloomFilter(identities.load(file), BlockFormat.IDENTITY_HASHES);
    } catch (BadBytesException | StorageException damage) {
      LOG.warn("logs: identities cannot be read, resends are compared: {}", damage.getMessage());
      return new BloomFilter(new byte[] {-1}, 1);
    }
  }

  /// Frees the memory that [#mayContain] has taken.
  public synchronized void forgetIdentities() {
    identityFilter = null;
  }

  /// Whether a line is here.
  public boolean contains(
      Labels stream, long timestampNs, Labels metadata, byte[] bytes, int from, int to) {
    acquire();
    try {
      int number = index().index().find(stream);
      if (number < 0) {
        return false;
      }
      LogCursor cursor =
          new Part(this, index(), number)
              .read(new Span(timestampNs, timestampNs + 1, Direction.FORWARD, List.of()));
      while (cursor.next()) {
        if (Arrays.equals(cursor.bytes(), cursor.lineStart(), cursor.lineEnd(), bytes, from, to)
            && cursor.metadata().equals(metadata)) {
          return true;
        }
      }
      return false;
    } finally {
      release();
    }
  }
}
