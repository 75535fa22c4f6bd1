package dev.sightline.logql.eval;

import dev.sightline.logql.ast.Expr;
import dev.sightline.logql.parse.LogqlParser;
import dev.sightline.model.log.LogArrivals;
import dev.sightline.model.log.LogSource;
import dev.sightline.model.log.LogSource.Direction;
import dev.sightline.model.query.LogAnswer.Entry;
import dev.sightline.model.query.LogQueries;
import dev.sightline.model.query.LogQueries.Range;
import dev.sightline.model.query.LogTails;
import dev.sightline.model.query.QueryException.BadQuery;
import dev.sightline.model.time.Clock;
import java.util.List;

/// Follows log queries: what a source has, then what arrives.
public final class LogTailer implements LogTails {
  private final LogSource source;
  private final LogArrivals arrivals;
  private final LogQueryLimits limits;
  private final Clock clock;

  public LogTailer(LogSource source, LogArrivals arrivals, LogQueryLimits limits, Clock clock) {
    this.source = source;
    this.arrivals = arrivals;
    this.limits = limits;
    this.clock = clock;
  }

  @Override
  public Tail tail(String query, Request request) {
    Expr expr = LogqlParser.parse(query);
    if (!(expr instanceof Expr.Lines lines)) {
      throw new BadQuery(expr.position(), "only log selector is supported");
    }
    // Listening begins first, so that nothing is missed between what is there and what comes.
    LogArrivals.Follower follower = arrivals.follow(lines.selector());
    return new RunningTail(
        lines, follower, () -> present(lines, request), request.delay().toMillis(), clock);
  }

  /// The newest lines that are there, oldest first.
  private List<Entry> present(Expr.Lines lines, Request request) {
    Range range =
        new Range(
            request.startNs(),
            Long.MAX_VALUE,
            1,
            0,
            Math.min(request.limit(), limits.entries()),
            Direction.BACKWARD);
    Budget budget = new Budget(clock, limits.memoryBytes(), LogQueries.Options.DEFAULT.timeout());
    return new LineSearch(source, budget, lines, range).entries().reversed();
  }
}
