package dev.sightline.logql.eval;

import dev.sightline.logql.ast.Expr;
import dev.sightline.logql.stage.Line;
import dev.sightline.logql.stage.Pipeline;
import dev.sightline.model.log.LogCursor;
import dev.sightline.model.log.LogSource;
import dev.sightline.model.query.LogQueries.Range;

/// Shows every line of a range that passes a pipeline, stream by stream, none of them kept.
final class LineWalk {
  private final LogSource source;
  private final Budget budget;
  private final Expr.Lines lines;
  private final Range range;
  private final Line line = new Line(null);

  LineWalk(LogSource source, Budget budget, Expr.Lines lines, Range range) {
    this.source = source;
    this.budget = budget;
    this.lines = lines;
    this.range = range;
  }

  /// Takes one line.
  interface Visitor {
    /// @param level of the line; empty where none is known
    void accept(long timestampNs, String level, String line);
  }

  void each(Visitor visitor) {
    Pipeline pipeline = new Pipeline(lines.pipeline());
    try (LogSource.Selection selection = source.select(LineSearch.request(lines, range))) {
      for (LogSource.SelectedStream stream : selection.streams()) {
        budget.readStream();
        LogCursor cursor = stream.read();
        while (cursor.next()) {
          line.reset(stream.labels(), cursor);
          budget.readLine(line.length());
          if (pipeline.apply(line)) {
            visitor.accept(line.timestampNs(), level(), line.text());
          }
        }
      }
    }
  }

  private String level() {
    String detected = line.labels().get("detected_level");
    return detected.isEmpty() ? line.labels().get("level") : detected;
  }
}
