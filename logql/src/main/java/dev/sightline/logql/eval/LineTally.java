package dev.sightline.logql.eval;

import dev.sightline.logql.ast.Expr;
import dev.sightline.logql.ast.Grouping;
import dev.sightline.logql.ast.RangeFunction;
import dev.sightline.logql.stage.LineLabels;
import dev.sightline.model.label.Labels;
import dev.sightline.model.log.LineCounts;
import dev.sightline.model.log.LogSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Counts lines over time by what the store knows of them, where the query does not look at them.
final class LineTally {
  private final LogSource source;
  private final Budget budget;
  private final Expr.RangeAggregate aggregate;
  private final Slots slots;
  private final LineLabels labels = new LineLabels(null);

  LineTally(LogSource source, Budget budget, Expr.RangeAggregate aggregate, Slots slots) {
    this.source = source;
    this.budget = budget;
    this.aggregate = aggregate;
    this.slots = slots;
  }

  /// Whether a count is all that is asked for: no stage, no number in the lines, and groups by
  /// labels that have names.
  static boolean answers(Expr.RangeAggregate aggregate, Grouping grouping) {
    Expr.LogRange range = aggregate.range();
    RangeFunction function = aggregate.function();
    return (function.counts() || function == RangeFunction.ABSENT_OVER_TIME)
        && range.unwrap() == null
        && range.lines().pipeline().isEmpty()
        && !grouping.without()
        && grouping.labels().stream().noneMatch(name -> name.endsWith("_extracted"));
  }

  void count(SeriesTable table, Grouping grouping) {
    LogSource.Request request =
        new LogSource.Request(
            aggregate.range().lines().selector(),
            slots.firstNs(),
            slots.lastNs() + 1,
            LogSource.Direction.FORWARD,
            List.of());
    try (LogSource.Selection selection = source.select(request)) {
      for (LogSource.SelectedStream stream : selection.streams()) {
        budget.readStream();
        Set<String> names = new HashSet<>(grouping.labels());
        names.removeIf(stream.labels()::has);
        stream.count(names, new OfStream(table, stream.labels()));
      }
    }
  }

  private final class OfStream implements LineCounts {
    private final SeriesTable table;
    private final Labels stream;
    private final boolean bytes = aggregate.function().countsBytes();

    OfStream(SeriesTable table, Labels stream) {
      this.table = table;
      this.stream = stream;
    }

    @Override
    public int slotOf(long timestampNs) {
      return slots.of(timestampNs);
    }

    @Override
    public void add(int slot, Labels metadata, long lines, long lineBytes) {
      budget.countedLines(lines, lineBytes);
      labels.reset(stream, metadata);
      Tally tally = (Tally) table.of(labels);
      tally.add(slot, lines, (double) (bytes ? lineBytes : lines));
    }
  }
}
