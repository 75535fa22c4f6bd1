package dev.sightline.promql.eval;

import dev.sightline.model.histogram.NativeHistogram;
import dev.sightline.model.histogram.ResetHint;
import dev.sightline.model.query.QueryException;
import dev.sightline.model.series.SampleColumns;
import dev.sightline.promql.ast.Expr;

/// Evaluates the inner expression of a subquery on a grid of its own, and hands its values on as
/// samples.
final class Subqueries {
  private final QueryRun run;
  private final Grid grid;

  Subqueries(QueryRun run, Grid grid) {
    this.run = run;
    this.grid = grid;
  }

  void range(Expr.Subquery subquery, SamplesSink sink) {
    Grid inner = innerGrid(subquery);
    if (inner.count() <= 0) {
      return;
    }
    SeriesCollector collector = new SeriesCollector(run.budget(), inner, false);
    new Evaluator(run, inner).values(subquery.inner(), collector);
    for (SeriesCollector.Collected series : collector.series()) {
      SampleColumns samples = withoutHints(series.samples());
      if (samples.size() > 0) {
        sink.accept(series.labels(), series.dropName(), samples);
      }
    }
  }

  /// Histograms of a subquery do not know whether they have been reset: the samples between them
  /// are not seen, or one is seen more than once.
  private static SampleColumns withoutHints(SampleColumns samples) {
    if (!samples.hasHistograms()) {
      return samples;
    }
    SampleColumns unhinted = new SampleColumns(samples.size());
    for (int i = 0; i < samples.size(); i++) {
      NativeHistogram histogram = samples.histogram(i);
      if (histogram == null || histogram.hint() == ResetHint.GAUGE) {
        unhinted.addFrom(samples, i);
      } else {
        unhinted.add(samples.timestampMs(i), histogram.withHint(ResetHint.UNKNOWN));
      }
    }
    return unhinted;
  }

  /// The multiples of the subquery's step that any of its windows contains.
  private Grid innerGrid(Expr.Subquery subquery) {
    Lookup lookup = new Lookup(run, grid, subquery.shift());
    long windowMs = lookup.windowMs(subquery.range(), subquery.position());
    long stepMs =
        subquery.step() == null
            ? run.subqueryStepMs()
            : lookup.windowMs(subquery.step(), subquery.position());
    long afterMs = lookup.firstMs() - windowMs;
    long startMs = (Math.floorDiv(afterMs, stepMs) + 1) * stepMs;
    long count = lookup.lastMs() < startMs ? 0 : (lookup.lastMs() - startMs) / stepMs + 1;
    run.budget().read(count);
    if (count > Integer.MAX_VALUE - 16) {
      throw new QueryException.LimitExceeded("subquery of " + count + " steps");
    }
    return new Grid(startMs, stepMs, (int) count);
  }
}
