package dev.sightline.promql.eval;

import dev.sightline.model.query.Position;
import dev.sightline.model.query.QueryException;
import dev.sightline.promql.ast.Shift;
import dev.sightline.promql.ast.Span;

/// Where in time a selector looks at each step: the grid, moved by `offset` and `@`.
final class Lookup {
  private final QueryRun run;
  private final Grid grid;
  private final boolean fixed;
  private final long baseMs;

  Lookup(QueryRun run, Grid grid, Shift shift) {
    this.run = run;
    this.grid = grid;
    this.fixed = shift.at() != null;
    long offsetMs = shift.offset() == null ? 0 : Math.round(run.seconds(shift.offset()) * 1000);
    this.baseMs = (shift.at() == null ? grid.startMs() : run.atMs(shift.at())) - offsetMs;
  }

  int count() {
    return grid.count();
  }

  /// @param index of the step; times never fall from step to step
  long timeMs(int index) {
    return fixed ? baseMs : baseMs + index * grid.stepMs();
  }

  long firstMs() {
    return baseMs;
  }

  long lastMs() {
    return timeMs(grid.count() - 1);
  }

  /// The milliseconds of a window.
  ///
  /// @throws QueryException if they are none or fewer
  long windowMs(Span range, Position position) {
    double seconds = run.seconds(range);
    long windowMs = Math.round(seconds * 1000);
    if (windowMs <= 0) {
      throw new QueryException.Failed(
          run.notes().place(position) + ": parse error: duration must be greater than 0");
    }
    return windowMs;
  }
}
