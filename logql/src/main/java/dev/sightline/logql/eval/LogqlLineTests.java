package dev.sightline.logql.eval;

import dev.sightline.logql.ast.Expr;
import dev.sightline.logql.ast.Stage;
import dev.sightline.logql.parse.LogqlParser;
import dev.sightline.logql.stage.Line;
import dev.sightline.logql.stage.Pipeline;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.log.LineTest;
import dev.sightline.model.query.QueryException.BadQuery;
import java.util.List;

/// Means by a log query those lines that it finds.
public final class LogqlLineTests implements LineTest.Language {
  @Override
  public LineTest read(String text) {
    Expr expr = LogqlParser.parse(text);
    if (expr instanceof Expr.Lines lines) {
      var _ = new Pipeline(lines.pipeline());
      return new Found(lines.selector(), lines.pipeline());
    }
    throw new BadQuery(expr.position(), "only log selector is supported");
  }

  private record Found(List<Matcher> selector, List<Stage> pipeline) implements LineTest {
    @Override
    public boolean isEveryLine() {
      return pipeline.isEmpty();
    }

    @Override
    public Tester tester() {
      Pipeline steps = new Pipeline(pipeline);
      Line line = new Line(null);
      return (stream, cursor) -> {
        line.reset(stream, cursor);
        return steps.apply(line);
      };
    }
  }
}
