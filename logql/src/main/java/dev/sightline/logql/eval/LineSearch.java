package dev.sightline.logql.eval;

import dev.sightline.logql.ast.Expr;
import dev.sightline.logql.stage.Line;
import dev.sightline.logql.stage.LineLabels;
import dev.sightline.logql.stage.Pipeline;
import dev.sightline.model.label.Labels;
import dev.sightline.model.log.LogCursor;
import dev.sightline.model.log.LogSource;
import dev.sightline.model.log.LogSource.Direction;
import dev.sightline.model.query.LogAnswer.Entry;
import dev.sightline.model.query.LogQueries;
import dev.sightline.model.query.LogQueries.Range;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// Finds the first lines of a range that pass a pipeline, over all streams in the order of time.
final class LineSearch {
  /// What an entry costs beside its line.
  private static final int ENTRY_BYTES = 200;

  private final LogSource source;
  private final Budget budget;
  private final Expr.Lines lines;
  private final Range range;
  private final boolean forward;
  private final Pipeline pipeline;
  private final Line line = new Line(null);
  private long lastNs;
  private boolean hasLast;

  LineSearch(LogSource source, Budget budget, Expr.Lines lines, Range range) {
    this.source = source;
    this.budget = budget;
    this.lines = lines;
    this.range = range;
    this.forward = range.direction() == Direction.FORWARD;
    this.pipeline = new Pipeline(lines.pipeline());
  }

  /// A stream, standing at a line.
  private record Head(int number, Labels labels, LogCursor cursor) {}

  List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    if (range.limit() > 0) {
      each(
          entry -> {
            budget.hold(line.length() + ENTRY_BYTES);
            entries.add(entry);
            return entries.size() < range.limit();
          });
    }
    return entries;
  }

  /// Shows lines until no more are wanted.
  void each(LogQueries.EntrySink into) {
    try (LogSource.Selection selection = source.select(request(lines, range))) {
      PriorityQueue<Head> heads = new PriorityQueue<>(this::compare);
      for (LogSource.SelectedStream stream : selection.streams()) {
        budget.readStream();
        Head head = new Head(heads.size(), stream.labels(), stream.read());
        if (head.cursor.next()) {
          heads.add(head);
        }
      }
      merge(heads, into);
    }
  }

  /// The lines that may be among those of a range.
  static LogSource.Request request(Expr.Lines lines, Range range) {
    return new LogSource.Request(
        lines.selector(),
        range.startNs(),
        range.endNs(),
        range.direction(),
        Pipeline.mustContain(lines.pipeline()));
  }

  private int compare(Head one, Head other) {
    long a = one.cursor.timestampNs();
    long b = other.cursor.timestampNs();
    int order = forward ? Long.compare(a, b) : Long.compare(b, a);
    return order != 0 ? order : Comparator.comparingInt(Head::number).compare(one, other);
  }

  /// Goes on in the stream that is first as long as it stays first.
  private void merge(PriorityQueue<Head> heads, LogQueries.EntrySink into) {
    while (!heads.isEmpty()) {
      Head head = heads.remove();
      Head next = heads.peek();
      boolean more = true;
      while (more && (next == null || compare(head, next) <= 0)) {
        if (!take(head, into)) {
          return;
        }
        more = head.cursor.next();
      }
      if (more) {
        heads.add(head);
      }
    }
  }

  /// @return whether more are wanted
  private boolean take(Head head, LogQueries.EntrySink into) {
    line.reset(head.labels, head.cursor);
    budget.readLine(line.length());
    if (!pipeline.apply(line) || isTooNear()) {
      return true;
    }
    lastNs = line.timestampNs();
    hasLast = true;
    return into.take(entry(line));
  }

  /// A line as a pipeline has left it.
  static Entry entry(Line line) {
    LineLabels labels = line.labels();
    return new Entry(
        labels.ofStream(),
        labels.ofMetadata(),
        labels.ofPipeline(),
        line.timestampNs(),
        line.text());
  }

  private boolean isTooNear() {
    return range.intervalNs() > 0
        && hasLast
        && Math.abs(line.timestampNs() - lastNs) < range.intervalNs();
  }
}
