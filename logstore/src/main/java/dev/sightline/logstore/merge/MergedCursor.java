package dev.sightline.logstore.merge;

import dev.sightline.model.label.Labels;
import dev.sightline.model.log.LogCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Walks the lines of one stream through all parts of the store that hold some of them.
///
/// A part is opened when its turn comes, so that few are open at a time.
public final class MergedCursor implements LogCursor {
  private final Span span;
  private final PriorityQueue<Source> sources;
  private @Nullable Source current;

  /// @param parts in the order in which their lines arrived
  public MergedCursor(List<? extends StreamPart> parts, Span span) {
    this.span = span;
    List<Source> all = new ArrayList<>(parts.size());
    for (int i = 0; i < parts.size(); i++) {
      all.add(new Source(parts.get(i), i));
    }
    sources = new PriorityQueue<>(Math.max(1, all.size()), span.isForward() ? FORWARD : BACKWARD);
    sources.addAll(all);
  }

  private static final java.util.Comparator<Source> FORWARD =
      (a, b) -> {
        int byTime = Long.compare(a.atNs, b.atNs);
        return byTime != 0 ? byTime : Integer.compare(a.arrival, b.arrival);
      };

  private static final java.util.Comparator<Source> BACKWARD = (a, b) -> FORWARD.compare(b, a);

  /// One part, on its next line; before it is opened, at the earliest time a line of it can have.
  private final class Source {
    private final StreamPart part;
    private final int arrival;
    private @Nullable LogCursor cursor;
    private long atNs;

    Source(StreamPart part, int arrival) {
      this.part = part;
      this.arrival = arrival;
      this.atNs = span.isForward() ? part.minNs() : part.maxNs();
    }

    /// @return false when there is none
    boolean advance() {
      LogCursor open = cursor;
      if (open == null) {
        open = part.read(span);
        cursor = open;
      }
      if (!open.next()) {
        return false;
      }
      atNs = open.timestampNs();
      return true;
    }
  }

  @Override
  public boolean next() {
    Source last = current;
    if (last != null) {
      current = null;
      if (last.advance()) {
        Source rival = sources.peek();
        if (rival == null || sources.comparator().compare(last, rival) < 0) {
          current = last;
          return true;
        }
        sources.add(last);
      }
    }
    return fromQueue();
  }

  private boolean fromQueue() {
    while (true) {
      Source first = sources.poll();
      if (first == null) {
        return false;
      }
      if (first.cursor != null) {
        current = first;
        return true;
      }
      if (first.advance()) {
        sources.add(first);
      }
    }
  }

  @Override
  public long timestampNs() {
    return cursor().timestampNs();
  }

  @Override
  public byte[] bytes() {
    return cursor().bytes();
  }

  @Override
  public int lineStart() {
    return cursor().lineStart();
  }

  @Override
  public int lineEnd() {
    return cursor().lineEnd();
  }

  @Override
  public Labels metadata() {
    return cursor().metadata();
  }

  private LogCursor cursor() {
    Source source = current;
    if (source == null || source.cursor == null) {
      throw new IllegalStateException("BUG: a cursor that is on no line was asked for one");
    }
    return source.cursor;
  }
}
