package dev.sightline.logstore.block;

import dev.sightline.logstore.block.BlockIndex.StreamRows;
import dev.sightline.logstore.merge.Span;
import dev.sightline.model.label.Labels;
import dev.sightline.model.log.ByteSearch;
import dev.sightline.model.log.LogCursor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Walks the rows of one stream in a block, frame by frame. Frames that cannot hold a wanted line
/// are not read; in the others a text that lines must contain is looked for in all lines at once.
final class BlockCursor implements LogCursor {
  private static final byte[] NOTHING = new byte[0];

  private final Block block;
  private final BlockIndex index;
  private final StreamRows rows;
  private final Span span;
  private final Words.Needles needles;
  private final int step;
  private final @Nullable ByteSearch search;
  private int nextFrame;
  private int framesLeft;

  private @Nullable Frame frame;
  private long[] timestampsNs = new long[0];
  private Frame.@Nullable Lines lines;
  private int row;
  private int rowsLeft;

  /// those rows that have the text; null where all are shown
  private int @Nullable [] hits;

  private int nextHit;

  BlockCursor(Block block, BlockIndex index, StreamRows rows, Span span) {
    this.block = block;
    this.index = index;
    this.rows = rows;
    this.span = span;
    this.needles = Words.Needles.of(span.mustContain());
    this.search = longest(span.mustContain());
    int first = index.frameOf(rows.firstRow());
    int last = index.frameOf(rows.endRow() - 1);
    this.framesLeft = last - first + 1;
    this.step = span.isForward() ? 1 : -1;
    this.nextFrame = span.isForward() ? first : last;
  }

  private static @Nullable ByteSearch longest(List<String> texts) {
    return texts.stream()
        .max(Comparator.comparingInt(String::length))
        .filter(text -> !text.isEmpty())
        .map(ByteSearch::new)
        .orElse(null);
  }

  @Override
  public boolean next() {
    while (rowsLeft == 0) {
      if (framesLeft == 0) {
        return false;
      }
      framesLeft--;
      enter(nextFrame);
      nextFrame += step;
    }
    rowsLeft--;
    int[] found = hits;
    if (found == null) {
      row += step;
    } else {
      row = found[nextHit];
      nextHit += step;
    }
    return true;
  }

  private void enter(int number) {
    FrameEntry entry = index.frames().get(number);
    if (!span.overlaps(entry.minNs(), entry.maxNs()) || !block.mayHold(entry, needles)) {
      return;
    }
    Frame entered = block.frame(entry, number);
    if (entered == null) {
      return;
    }
    frame = entered;
    lines = null;
    timestampsNs = entered.timestampsNs();
    int from = (int) Math.max(0, rows.firstRow() - entry.firstRow());
    int to = (int) Math.min(entry.rows(), rows.endRow() - entry.firstRow());
    int start = firstAtOrAfter(span.startNs(), from, to);
    int end = firstAtOrAfter(span.endNs(), start, to);
    rowsLeft = end - start;
    row = span.isForward() ? start - 1 : end;
    hits = null;
    if (search != null && rowsLeft > 0) {
      find(search, start, end);
    }
  }

  /// Who walks wants to be asked now and then whether to go on: so a frame without the text shows
  /// its first row.
  private void find(ByteSearch text, int start, int end) {
    Frame.Lines present = lines();
    if (present == null) {
      return;
    }
    int[] starts = present.starts();
    int[] found = new int[16];
    int count = 0;
    int at = text.indexOf(present.bytes(), starts[start], starts[end]);
    int line = start;
    while (at >= 0) {
      line = lineAt(starts, at, line, end);
      int next = at + 1;
      if (at + text.length() <= starts[line + 1]) {
        if (count == found.length) {
          found = Arrays.copyOf(found, 2 * count);
        }
        found[count++] = line;
        next = starts[line + 1];
      }
      at = text.indexOf(present.bytes(), next, starts[end]);
    }
    if (count == 0) {
      found[count++] = start;
    }
    hits = found;
    rowsLeft = count;
    nextHit = span.isForward() ? 0 : count - 1;
  }

  /// The line in which a place lies.
  private static int lineAt(int[] starts, int at, int from, int end) {
    int low = from;
    int high = end - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (starts[middle] <= at) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private int firstAtOrAfter(long timestampNs, int from, int to) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (timestampsNs[middle] < timestampNs) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  @Override
  public long timestampNs() {
    return timestampsNs[row];
  }

  @Override
  public byte[] bytes() {
    Frame.Lines present = lines();
    return present == null ? NOTHING : present.bytes();
  }

  @Override
  public int lineStart() {
    Frame.Lines present = lines();
    return present == null ? 0 : present.starts()[row];
  }

  @Override
  public int lineEnd() {
    Frame.Lines present = lines();
    return present == null ? 0 : present.starts()[row + 1];
  }

  @Override
  public Labels metadata() {
    Frame present = frame;
    return present == null ? Labels.EMPTY : present.metadata(row);
  }

  private Frame.@Nullable Lines lines() {
    Frame.Lines present = lines;
    Frame entered = frame;
    if (present == null && entered != null) {
      present = entered.lines();
      lines = present;
    }
    return present;
  }
}
