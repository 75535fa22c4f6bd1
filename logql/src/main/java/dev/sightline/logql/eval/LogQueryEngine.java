package dev.sightline.logql.eval;

import dev.sightline.logql.ast.Expr;
import dev.sightline.logql.detect.FieldDetector;
import dev.sightline.logql.detect.PatternMiner;
import dev.sightline.logql.parse.LogqlParser;
import dev.sightline.logql.parse.Printer;
import dev.sightline.logql.parse.Quantities;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.log.LogSource;
import dev.sightline.model.query.Answer;
import dev.sightline.model.query.DetectedField;
import dev.sightline.model.query.LinePattern;
import dev.sightline.model.query.LogAnswer;
import dev.sightline.model.query.LogQueries;
import dev.sightline.model.query.Position;
import dev.sightline.model.query.QueryException;
import dev.sightline.model.query.QueryException.BadQuery;
import dev.sightline.model.series.SampleColumns;
import dev.sightline.model.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Answers LogQL from a source of log lines.
public final class LogQueryEngine implements LogQueries {
  private static final Position NOWHERE = new Position(0, 0);

  private final LogSource source;
  private final LogQueryLimits limits;
  private final Clock clock;

  public LogQueryEngine(LogSource source, LogQueryLimits limits, Clock clock) {
    this.source = source;
    this.limits = limits;
    this.clock = clock;
  }

  @Override
  public LogAnswer instant(String query, long timeNs, Options options) {
    Expr expr = LogqlParser.parse(query);
    if (expr instanceof Expr.Lines) {
      throw new BadQuery(
          expr.position(),
          "log queries are not supported as an instant query type, please change your query to a"
              + " range query type");
    }
    Budget budget = new Budget(clock, limits.memoryBytes(), options.timeout());
    Evaluator evaluator = new Evaluator(source, budget, Grid.at(timeNs));
    long timeMs = Math.floorDiv(timeNs, 1_000_000L);
    if (expr.isScalar()) {
      return answer(new Answer.Scalar(timeMs, evaluator.scalar(expr)), budget);
    }
    List<Answer.Point> points = new ArrayList<>();
    for (Row row : evaluator.rows(expr)) {
      if (!Absent.is(row.column()[0])) {
        points.add(new Answer.Point(row.labels(), timeMs, row.column()[0]));
      }
    }
    checkSeries(points.size());
    return answer(new Answer.Vector(points), budget);
  }

  @Override
  public LogAnswer range(String query, Range range, Options options) {
    Expr expr = LogqlParser.parse(query);
    checkLength(range);
    Budget budget = new Budget(clock, limits.memoryBytes(), options.timeout());
    if (expr instanceof Expr.Lines lines) {
      checkEntries(range);
      List<LogAnswer.Entry> entries = new LineSearch(source, budget, lines, range).entries();
      return new LogAnswer(new LogAnswer.Lines(entries), stats(budget));
    }
    Grid grid = grid(range);
    List<Answer.Series> series = new ArrayList<>();
    for (Row row : new Evaluator(source, budget, grid).rows(expr)) {
      SampleColumns samples = samples(grid, row);
      if (samples.size() > 0) {
        series.add(new Answer.Series(row.labels(), samples));
      }
    }
    checkSeries(series.size());
    series.sort(Comparator.comparing(Answer.Series::labels));
    return answer(new Answer.Matrix(series), budget);
  }

  @Override
  public void export(String query, Range range, EntrySink into, Options options) {
    Expr.Lines lines = lines(query);
    Budget budget = new Budget(clock, limits.memoryBytes(), options.timeout());
    new LineSearch(source, budget, lines, range).each(into);
  }

  @Override
  public List<DetectedField> fields(String query, Range range, int mostFields, Options options) {
    Expr.Lines lines = lines(query);
    checkLength(range);
    checkEntries(range);
    Budget budget = new Budget(clock, limits.memoryBytes(), options.timeout());
    FieldDetector detector = new FieldDetector(mostFields);
    new LineSearch(source, budget, lines, range).entries().forEach(detector::add);
    return detector.fields();
  }

  @Override
  public List<LinePattern> patterns(String query, Range range, Options options) {
    Expr.Lines lines = lines(query);
    checkLength(range);
    Grid grid = grid(range);
    Budget budget = new Budget(clock, limits.memoryBytes(), options.timeout());
    PatternMiner miner = new PatternMiner(range.limit(), grid.startNs(), range.stepNs());
    new LineWalk(source, budget, lines, range).each(miner::add);
    return miner.patterns();
  }

  private static Expr.Lines lines(String query) {
    Expr expr = LogqlParser.parse(query);
    if (expr instanceof Expr.Lines lines) {
      return lines;
    }
    throw new BadQuery(expr.position(), "only log selector is supported");
  }

  @Override
  public String format(String query) {
    return Printer.print(LogqlParser.parse(query));
  }

  @Override
  public List<Matcher> selector(String selector) {
    return LogqlParser.parseSelector(selector);
  }

  private void checkEntries(Range range) {
    if (range.limit() > limits.entries()) {
      throw new BadQuery(
          NOWHERE,
          "max entries limit per query exceeded, limit > max_entries_limit_per_query ("
              + range.limit()
              + " > "
              + limits.entries()
              + ")");
    }
  }

  private void checkLength(Range range) {
    long lengthNs = range.endNs() - range.startNs();
    if (lengthNs < 0 || lengthNs > limits.length().toNanos()) {
      throw new BadQuery(
          NOWHERE,
          "the query time range exceeds the limit (query length: "
              + Quantities.formatDuration(Math.abs(lengthNs))
              + ", limit: "
              + Quantities.formatDuration(limits.length().toNanos())
              + ")");
    }
  }

  private Grid grid(Range range) {
    if (range.stepNs() < 1) {
      throw new BadQuery(
          NOWHERE,
          "zero or negative query resolution step widths are not accepted. Try a positive integer");
    }
    long steps = (range.endNs() - range.startNs()) / range.stepNs();
    if (steps > limits.steps()) {
      throw new BadQuery(
          NOWHERE,
          String.format(
              "exceeded maximum resolution of %,d points per time series. Try increasing the value"
                  + " of the step parameter",
              limits.steps()));
    }
    return new Grid(range.startNs(), range.stepNs(), (int) steps + 1);
  }

  private void checkSeries(int count) {
    if (count > limits.series()) {
      throw new QueryException.LimitExceeded(
          "maximum number of series ("
              + limits.series()
              + ") reached for a single query; consider reducing query cardinality by adding more"
              + " specific stream selectors, reducing the time range, or aggregating results with"
              + " functions like sum(), count() or topk()");
    }
  }

  private static SampleColumns samples(Grid grid, Row row) {
    SampleColumns samples = new SampleColumns(grid.count());
    for (int i = 0; i < grid.count(); i++) {
      if (!Absent.is(row.column()[i])) {
        samples.add(grid.timeMs(i), row.column()[i]);
      }
    }
    return samples;
  }

  private static LogAnswer answer(Answer.Result result, Budget budget) {
    budget.check();
    return new LogAnswer(new LogAnswer.Values(result), stats(budget));
  }

  private static LogAnswer.Stats stats(Budget budget) {
    return new LogAnswer.Stats(budget.lines(), budget.bytes(), budget.streams(), budget.tookNs());
  }
}
