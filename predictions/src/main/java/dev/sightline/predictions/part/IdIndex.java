package dev.sightline.predictions.part;

import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSource;
import dev.sightline.storage.fs.OpenFile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks up in which rows of a part an id may stand. Safe for any number of threads.
///
/// Hashes are spread evenly, so the page is guessed from the value, and guessed again from what was
/// found there: two or three pages are read, however large the part.
final class IdIndex {
  private static final double HASHES = 0x1p64;

  private final int rows;
  private final int pages;
  private final long pagesOffset;

  IdIndex(int rows, int filterWords) {
    this.rows = rows;
    this.pages = IdIndexFormat.pages(rows);
    this.pagesOffset = IdIndexFormat.pagesOffset(filterWords);
  }

  /// A row that an id may stand in.
  record Hit(int row, boolean labelled) {}

  /// Reads the header, and the filter if there is room for it.
  ///
  /// @throws BadBytesException if the file is damaged or not the one of a part with so many rows
  static @Nullable IdFilter open(OpenFile file, int rows, boolean withFilter) {
    ByteSource header = RowFileFooter.bytes(file, 0, IdIndexFormat.HEADER_BYTES);
    if (header.u32() != IdIndexFormat.MAGIC || header.u32() != IdIndexFormat.VERSION) {
      throw new BadBytesException("not an id index of version " + IdIndexFormat.VERSION);
    }
    long found = header.u32();
    int words = (int) header.u32();
    header.checksum(0, IdIndexFormat.HEADER_BYTES - RowFormat.CHECKSUM_BYTES);
    long size =
        IdIndexFormat.pagesOffset(words)
            + (long) IdIndexFormat.pages(rows) * IdIndexFormat.PAGE_BYTES;
    if (found != rows || words != IdFilter.words(rows) || file.sizeBytes() != size) {
      throw new BadBytesException("an id index that does not fit its part");
    }
    return withFilter ? filter(file, words) : null;
  }

  private static IdFilter filter(OpenFile file, int words) {
    int bytes = words * Long.BYTES;
    ByteSource from =
        RowFileFooter.bytes(file, IdIndexFormat.HEADER_BYTES, bytes + RowFormat.CHECKSUM_BYTES);
    long[] filter = new long[words];
    for (int i = 0; i < words; i++) {
      filter[i] = from.u64();
    }
    from.checksum(0, bytes);
    return new IdFilter(filter);
  }

  /// @throws BadBytesException if the file is damaged where the id would stand
  List<Hit> find(OpenFile file, long hash) {
    // looked for: the first page that does not end below the hash; it lies in [low, high]
    int low = 0;
    int high = pages - 1;
    int at = Math.clamp(page(hash, 0, 0), 0, Math.max(0, high - 1));
    while (low < high) {
      Page page = read(file, at);
      if (Long.compareUnsigned(page.last(), hash) < 0) {
        low = at + 1;
      } else if (Long.compareUnsigned(page.first(), hash) < 0) {
        return hits(file, at, page, hash);
      } else {
        high = at;
      }
      at = Math.clamp(page(hash, at, page.first()), low, Math.max(low, high - 1));
    }
    return hits(file, low, read(file, low), hash);
  }

  /// The page on which a hash is likely, seen from another whose first hash is known.
  private int page(long hash, int fromPage, long fromHash) {
    double distance = unsigned(hash) - unsigned(fromHash);
    long away = Math.round(Math.floor(distance / HASHES * rows / IdIndexFormat.ENTRIES_PER_PAGE));
    return Math.clamp(fromPage + away, 0, pages - 1);
  }

  private static double unsigned(long hash) {
    return (hash >>> 1) * 2.0 + (hash & 1);
  }

  /// The entries of a hash from here on; equal ones may go on on the next page.
  private List<Hit> hits(OpenFile file, int at, Page first, long hash) {
    List<Hit> hits = new ArrayList<>(1);
    Page page = first;
    for (int next = at; ; ) {
      for (int i = page.lowest(hash); i < page.count && page.hash(i) == hash; i++) {
        hits.add(page.hit(i));
      }
      next++;
      if (next >= pages || page.last() != hash) {
        return hits;
      }
      page = read(file, next);
    }
  }

  private Page read(OpenFile file, int number) {
    byte[] bytes = new byte[IdIndexFormat.PAGE_BYTES];
    int read =
        file.read(ByteBuffer.wrap(bytes), pagesOffset + (long) number * IdIndexFormat.PAGE_BYTES);
    ByteSource from = new ByteSource(bytes, 0, read).skip(IdIndexFormat.COUNT_OFFSET);
    int count = (int) from.u32();
    from.checksum(0, IdIndexFormat.CHECKSUM_OFFSET);
    if (count < 1 || count > IdIndexFormat.ENTRIES_PER_PAGE) {
      throw new BadBytesException("a page of " + count + " entries");
    }
    return new Page(ByteBuffer.wrap(bytes), count);
  }

  private static final class Page {
    private final ByteBuffer bytes;
    private final int count;

    Page(ByteBuffer bytes, int count) {
      this.bytes = bytes;
      this.count = count;
    }

    long hash(int entry) {
      return bytes.getLong(entry * IdIndexFormat.ENTRY_BYTES);
    }

    long first() {
      return hash(0);
    }

    long last() {
      return hash(count - 1);
    }

    Hit hit(int entry) {
      int row = bytes.getInt(entry * IdIndexFormat.ENTRY_BYTES + Long.BYTES);
      return new Hit(row & Integer.MAX_VALUE, row < 0);
    }

    int lowest(long hash) {
      int low = 0;
      int high = count;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (Long.compareUnsigned(hash(middle), hash) < 0) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }
  }
}
