package dev.sightline.logql.eval;

import dev.sightline.logql.ast.Expr;
import dev.sightline.logql.ast.Grouping;
import dev.sightline.logql.ast.RangeFunction;
import dev.sightline.logql.stage.Line;
import dev.sightline.logql.stage.Pipeline;
import dev.sightline.logql.stage.Unwrapping;
import dev.sightline.logql.stage.WantedLabels;
import dev.sightline.model.label.Labels;
import dev.sightline.model.label.MatchOperator;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.log.LogCursor;
import dev.sightline.model.log.LogSource;
import dev.sightline.model.query.QueryException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Evaluates `rate({…}[5m])` and the like: walks each stream once.
final class RangeAggregation {
  private final LogSource source;
  private final Budget budget;
  private final Grid grid;
  private final Expr.RangeAggregate aggregate;
  private final Expr.LogRange range;
  private final @Nullable Grouping grouping;
  private final Slots slots;

  /// @param grouping by which lines are put together; null where all their labels count
  RangeAggregation(
      LogSource source,
      Budget budget,
      Grid grid,
      Expr.RangeAggregate aggregate,
      @Nullable Grouping grouping) {
    this.source = source;
    this.budget = budget;
    this.grid = grid;
    this.aggregate = aggregate;
    this.range = aggregate.range();
    this.grouping =
        aggregate.function() == RangeFunction.ABSENT_OVER_TIME ? Grouping.ALL : grouping;
    this.slots = new Slots(grid, range.rangeNs(), range.offsetNs());
  }

  List<Row> rows() {
    String dropped = range.unwrap() == null ? "" : range.unwrap().label();
    SeriesTable table = new SeriesTable(grouping, dropped, this::windows);
    if (grouping != null && LineTally.answers(aggregate, grouping)) {
      new LineTally(source, budget, aggregate, slots).count(table, grouping);
    } else {
      read(table);
    }
    List<Row> rows = table.rows(budget);
    return aggregate.function() == RangeFunction.ABSENT_OVER_TIME ? absent(rows) : rows;
  }

  private void read(SeriesTable table) {
    Pipeline pipeline = new Pipeline(range.lines().pipeline());
    Unwrapping unwrapping = range.unwrap() == null ? null : new Unwrapping(range.unwrap());
    Line line = new Line(WantedLabels.of(range, grouping));
    LogSource.Request request =
        new LogSource.Request(
            range.lines().selector(),
            slots.firstNs(),
            slots.lastNs() + 1,
            LogSource.Direction.FORWARD,
            Pipeline.mustContain(range.lines().pipeline()));
    try (LogSource.Selection selection = source.select(request)) {
      for (LogSource.SelectedStream stream : selection.streams()) {
        budget.readStream();
        LogCursor cursor = stream.read();
        Labels labels = stream.labels();
        while (cursor.next()) {
          line.reset(labels, cursor);
          budget.readLine(line.length());
          if (pipeline.apply(line)) {
            add(table, line, unwrapping);
          }
        }
      }
    }
  }

  private void add(SeriesTable table, Line line, @Nullable Unwrapping unwrapping) {
    double value;
    if (unwrapping != null) {
      Double unwrapped = unwrapping.valueOf(line);
      if (unwrapped == null) {
        return;
      }
      value = unwrapped;
    } else {
      value = countsBytes() ? line.length() : 1;
    }
    if (!line.labels().error().isEmpty()) {
      throw pipelineError(line);
    }
    long timestampNs = line.timestampNs();
    table.of(line.labels()).add(timestampNs, slots.of(timestampNs), value);
  }

  private boolean countsBytes() {
    return aggregate.function().countsBytes();
  }

  private static QueryException pipelineError(Line line) {
    String error = line.labels().error();
    return new QueryException.Failed(
        "pipeline error: '"
            + error
            + "' for series: '"
            + line.labels().all()
            + "'.\nUse a label filter to intentionally skip this error. (e.g | __error__!=\""
            + error
            + "\").\nTo skip all potential errors you can match empty errors.(e.g __error__=\"\")\n"
            + "The label filter can also be specified after unwrap. (e.g | unwrap latency |"
            + " __error__=\"\" )\n");
  }

  private SeriesWindows windows() {
    double seconds = range.rangeNs() / 1e9;
    boolean unwrapped = range.unwrap() != null;
    return switch (aggregate.function()) {
      case COUNT_OVER_TIME, BYTES_OVER_TIME, ABSENT_OVER_TIME -> tally(1);
      case BYTES_RATE -> tally(seconds);
      case RATE -> unwrapped ? fold(Fold.Kind.SUM, seconds) : tally(seconds);
      case SUM_OVER_TIME -> fold(Fold.Kind.SUM, 1);
      case AVG_OVER_TIME -> fold(Fold.Kind.MEAN, 1);
      case MAX_OVER_TIME -> fold(Fold.Kind.MAX, 1);
      case MIN_OVER_TIME -> fold(Fold.Kind.MIN, 1);
      case STDVAR_OVER_TIME -> fold(Fold.Kind.VARIANCE, 1);
      case STDDEV_OVER_TIME -> fold(Fold.Kind.DEVIATION, 1);
      case FIRST_OVER_TIME -> fold(Fold.Kind.FIRST, 1);
      case LAST_OVER_TIME -> fold(Fold.Kind.LAST, 1);
      case QUANTILE_OVER_TIME -> quantiles();
      case RATE_COUNTER -> counterRates();
    };
  }

  private SeriesWindows tally(double divisor) {
    budget.hold(16L * slots.size());
    return new Tally(slots, grid.count(), divisor);
  }

  private SeriesWindows fold(Fold.Kind kind, double divisor) {
    budget.hold(24L * slots.size());
    return new Fold(slots, grid.count(), kind, divisor);
  }

  private SeriesWindows quantiles() {
    double quantile = aggregate.parameter() == null ? Double.NaN : aggregate.parameter();
    return new KeptValues(
        slots,
        grid,
        (_, values, from, to, _) -> WindowMath.quantile(quantile, values, from, to),
        budget);
  }

  private SeriesWindows counterRates() {
    return new KeptValues(
        slots,
        grid,
        (times, values, from, to, endNs) ->
            WindowMath.counterRate(times, values, from, to, endNs - range.rangeNs(), endNs),
        budget);
  }

  /// 1 wherever there are no lines, with the labels that the selector fixes.
  private List<Row> absent(List<Row> rows) {
    double[] column = new double[grid.count()];
    boolean any = false;
    for (int i = 0; i < column.length; i++) {
      boolean present = !rows.isEmpty() && !Absent.is(rows.getFirst().column()[i]);
      column[i] = present ? Absent.VALUE : 1;
      any |= !present;
    }
    return any ? List.of(new Row(fixedLabels(range.lines().selector()), column)) : List.of();
  }

  private static Labels fixedLabels(List<Matcher> selector) {
    Labels.Builder labels = Labels.EMPTY.toBuilder();
    Set<String> seen = new HashSet<>();
    for (Matcher matcher : new ArrayList<>(selector)) {
      boolean fixed = matcher.operator() == MatchOperator.EQUAL && seen.add(matcher.name());
      labels.set(matcher.name(), fixed ? matcher.value() : "");
    }
    return labels.build();
  }
}
