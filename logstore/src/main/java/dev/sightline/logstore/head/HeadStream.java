package dev.sightline.logstore.head;

import dev.sightline.logstore.merge.Span;
import dev.sightline.logstore.merge.StreamPart;
import dev.sightline.model.label.Labels;
import dev.sightline.model.log.LogCursor;
import java.util.Arrays;

/// The lines of one stream in a head.
///
/// Changed with the head's lock held.
final class HeadStream {
  private final Labels labels;
  private int[] lines = new int[4];
  private int size;
  private boolean rising = true;
  private long minNs = Long.MAX_VALUE;
  private long maxNs = Long.MIN_VALUE;

  HeadStream(Labels labels) {
    this.labels = labels;
  }

  void add(int line, long timestampNs) {
    if (size == lines.length) {
      lines = Arrays.copyOf(lines, 2 * size);
    }
    lines[size++] = line;
    rising &= timestampNs >= maxNs;
    minNs = Math.min(minNs, timestampNs);
    maxNs = Math.max(maxNs, timestampNs);
  }

  Labels labels() {
    return labels;
  }

  /// The time of the newest line.
  long maxNs() {
    return maxNs;
  }

  boolean overlaps(long startNs, long endNs) {
    return minNs < endNs && maxNs >= startNs;
  }

  /// The stream as it is now.
  Part part(HeadLines.View view) {
    return new Part(labels, view, lines, size, rising, minNs, maxNs);
  }

  /// A stream as it was at some moment, read without the lock.
  ///
  /// @param lines the first `size` of them, in the order of arrival
  /// @param rising whether that is the order of time too
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Part(
      Labels labels,
      HeadLines.View view,
      int[] lines,
      int size,
      boolean rising,
      long minNs,
      long maxNs)
      implements StreamPart {
    @Override
    public LogCursor read(Span span) {
      if (rising) {
        int from = firstAtOrAfter(span.startNs());
        int to = firstAtOrAfter(span.endNs());
        return new HeadCursor(view, lines, from, Math.max(from, to), span.isForward());
      }
      int[] sorted = TimeOrder.sort(within(span), view.timestampsNs());
      return new HeadCursor(view, sorted, 0, sorted.length, span.isForward());
    }

    private int firstAtOrAfter(long timestampNs) {
      int low = 0;
      int high = size;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (view.timestampNs(lines[middle]) < timestampNs) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }

    private int[] within(Span span) {
      int[] found = new int[size];
      int count = 0;
      for (int i = 0; i < size; i++) {
        long timestampNs = view.timestampNs(lines[i]);
        if (timestampNs >= span.startNs() && timestampNs < span.endNs()) {
          found[count++] = lines[i];
        }
      }
      return Arrays.copyOf(found, count);
    }
  }
}
