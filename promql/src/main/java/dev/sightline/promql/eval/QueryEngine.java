package dev.sightline.promql.eval;

import dev.sightline.model.histogram.NativeHistogram;
import dev.sightline.model.label.Labels;
import dev.sightline.model.query.Answer;
import dev.sightline.model.query.MetricQueries;
import dev.sightline.model.query.Position;
import dev.sightline.model.query.QueryException.BadQuery;
import dev.sightline.model.query.RunningQueries;
import dev.sightline.model.series.SampleColumns;
import dev.sightline.model.series.SeriesSource;
import dev.sightline.model.time.Clock;
import dev.sightline.promql.ast.Expr;
import dev.sightline.promql.ast.ValueType;
import dev.sightline.promql.parse.PromqlParser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers PromQL from a source of series.
public final class QueryEngine implements MetricQueries {
  private static final Logger LOG = LoggerFactory.getLogger(QueryEngine.class);

  /// What takes longer is told in the log.
  private static final Duration SLOW = Duration.ofSeconds(5);

  private static final int MAX_SHOWN = 500;

  private final SeriesSource source;
  private final QueryLimits limits;
  private final Clock clock;
  private final ActiveQueries active;
  private final ReadAhead readAhead = new ReadAhead(Runtime.getRuntime().availableProcessors() - 1);

  public QueryEngine(SeriesSource source, QueryLimits limits, Clock clock) {
    this.source = source;
    this.limits = limits;
    this.clock = clock;
    this.active = new ActiveQueries(clock);
  }

  /// The queries that are being evaluated.
  public RunningQueries running() {
    return active;
  }

  @Override
  public Answer instant(String query, long timeMs, Options options) {
    Expr expr = PromqlParser.parse(query);
    QueryRun run = start(query, expr, Grid.at(timeMs), false, options);
    return answer(
        query,
        run,
        () -> {
          Evaluator evaluator = new Evaluator(run, run.outer());
          return switch (expr.type()) {
            case SCALAR -> new Answer.Scalar(timeMs, evaluator.scalar(expr)[0]);
            case STRING -> new Answer.Text(timeMs, evaluator.text(expr));
            case VECTOR -> vector(evaluator, expr, timeMs);
            case MATRIX -> samples(evaluator, expr);
          };
        });
  }

  @Override
  public Answer range(String query, long startMs, long endMs, long stepMs, Options options) {
    Grid grid = grid(startMs, endMs, stepMs);
    Expr expr = PromqlParser.parse(query);
    if (expr.type() != ValueType.SCALAR && expr.type() != ValueType.VECTOR) {
      throw new BadQuery(
          expr.position(),
          "invalid expression type \""
              + expr.type().text()
              + "\" for range query, must be Scalar or instant Vector");
    }
    QueryRun run = start(query, expr, grid, true, options);
    return answer(query, run, () -> matrix(run, grid, expr));
  }

  private static Answer.Result matrix(QueryRun run, Grid grid, Expr expr) {
    SeriesCollector collector = new SeriesCollector(run.budget(), grid, true);
    new Evaluator(run, grid).values(expr, collector);
    List<Answer.Series> series = new ArrayList<>(collector.series().size());
    collector.series().forEach(s -> series.add(new Answer.Series(s.labels(), s.samples())));
    series.sort(Comparator.comparing(Answer.Series::labels));
    return new Answer.Matrix(series);
  }

  private Grid grid(long startMs, long endMs, long stepMs) {
    Position nowhere = new Position(0, 0);
    if (stepMs < 1) {
      throw new BadQuery(
          nowhere,
          "zero or negative query resolution step widths are not accepted. Try a positive integer");
    }
    if (endMs < startMs) {
      throw new BadQuery(nowhere, "end timestamp must not be before start time");
    }
    long count = (endMs - startMs) / stepMs + 1;
    // As Prometheus counts: the steps between the points.
    if (count - 1 > limits.maxSteps() || endMs - startMs < 0) {
      throw new BadQuery(
          nowhere,
          String.format(
              "exceeded maximum resolution of %,d points per timeseries."
                  + " Try decreasing the query resolution (?step=XX)",
              limits.maxSteps()));
    }
    return new Grid(startMs, stepMs, (int) count);
  }

  private QueryRun start(String query, Expr expr, Grid grid, boolean isRange, Options options) {
    Budget budget = new Budget(clock, limits, options.timeout());
    return new QueryRun(
        source,
        readAhead,
        budget,
        new Notes(query),
        grid,
        isRange,
        options.lookback().toMillis(),
        limits.subqueryStep().toMillis(),
        ResetHints.selectors(expr));
  }

  private Answer answer(String query, QueryRun run, Supplier<Answer.Result> evaluation) {
    Budget budget = run.budget();
    long id = active.begin(query, budget);
    try {
      Answer.Result result = evaluation.get();
      budget.check();
      Answer.Cost cost = new Answer.Cost(budget.samples(), budget.heldBytes(), budget.elapsed());
      return new Answer(result, run.notes().warnings(), run.notes().infos(), cost);
    } finally {
      active.finish(id);
      if (budget.elapsed().compareTo(SLOW) > 0) {
        LOG.warn(
            "slow query: {} ms, {} samples read, {} bytes held: {}",
            budget.elapsed().toMillis(),
            budget.samples(),
            budget.heldBytes(),
            query.length() > MAX_SHOWN ? query.substring(0, MAX_SHOWN) + "…" : query);
      }
    }
  }

  private static Answer.Result vector(Evaluator evaluator, Expr expr, long timeMs) {
    List<Answer.Point> points = new ArrayList<>();
    Set<Labels> seen = new HashSet<>();
    evaluator.vector(
        expr,
        (MixedSink)
            (labels, dropName, column, histograms) -> {
              NativeHistogram histogram = histograms == null ? null : histograms[0];
              if (Absent.is(column[0]) && histogram == null) {
                return;
              }
              evaluator.run().budget().charge(1 + HistogramColumns.size(histograms));
              Labels finished = Names.finished(labels, dropName);
              if (!seen.add(finished)) {
                throw SeriesCollector.duplicate();
              }
              points.add(
                  histogram == null
                      ? new Answer.Point(finished, timeMs, column[0])
                      : new Answer.Point(finished, timeMs, histogram));
            });
    return new Answer.Vector(points);
  }

  /// A range vector as it is: the samples of one window.
  private static Answer.Result samples(Evaluator evaluator, Expr expr) {
    List<Answer.Series> series = new ArrayList<>();
    Set<Labels> seen = new HashSet<>();
    evaluator.range(
        expr,
        (labels, dropName, samples) -> {
          evaluator.run().budget().charge(samples.size());
          Labels finished = Names.finished(labels, dropName);
          if (!seen.add(finished)) {
            throw SeriesCollector.duplicate();
          }
          series.add(new Answer.Series(finished, copy(samples)));
        });
    series.sort(Comparator.comparing(Answer.Series::labels));
    return new Answer.Matrix(series);
  }

  private static SampleColumns copy(SampleColumns samples) {
    SampleColumns copy = new SampleColumns(samples.size());
    for (int i = 0; i < samples.size(); i++) {
      copy.addFrom(samples, i);
    }
    return copy;
  }
}
