package dev.sightline.logql.parse;

import dev.sightline.logql.ast.Condition;
import dev.sightline.logql.ast.Expr;
import dev.sightline.logql.ast.Expr.Conversion;
import dev.sightline.logql.ast.Expr.LogRange;
import dev.sightline.logql.ast.Stage;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.query.Position;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads log selections, and those with a window.
final class RangeParser {
  private static final int MAX_DEPTH = 100;

  private final TokenStream tokens;
  private final SelectorParser selectors;
  private final PipelineParser pipelines;

  RangeParser(TokenStream tokens) {
    this.tokens = tokens;
    this.selectors = new SelectorParser(tokens);
    this.pipelines = new PipelineParser(tokens);
  }

  /// `{…} |= "x" | json`
  Expr.Lines lines() {
    int start = tokens.current().start();
    Parts parts = new Parts();
    parts(parts, false, 0);
    return parts.lines(tokens.since(start));
  }

  /// What lies between the parentheses of a function: the window may stand behind the selector, the
  /// pipeline or the unwrapping.
  LogRange range() {
    int start = tokens.current().start();
    Parts parts = new Parts();
    parts(parts, true, 0);
    if (parts.rangeNs == 0) {
      throw tokens.unexpected("RANGE");
    }
    return new LogRange(
        parts.lines(tokens.since(start)), parts.unwrap, parts.rangeNs, parts.offsetNs);
  }

  /// What has been read of a selection.
  private static final class Parts {
    private List<Matcher> selector = List.of();
    private final List<Stage> stages = new ArrayList<>();
    private Expr.@Nullable Unwrap unwrap;
    private long rangeNs;
    private long offsetNs;

    Expr.Lines lines(Position position) {
      return new Expr.Lines(selector, stages, position);
    }
  }

  private void parts(Parts parts, boolean ranged, int depth) {
    if (tokens.at("(")) {
      if (depth > MAX_DEPTH) {
        throw tokens.failure(
            tokens.current().position(), "nested deeper than " + MAX_DEPTH + " levels");
      }
      tokens.advance();
      parts(parts, ranged, depth + 1);
      tokens.expect(")");
    } else {
      parts.selector = selectors.selector();
    }
    while (true) {
      int before = parts.stages.size();
      if (parts.unwrap == null) {
        pipelines.stages(parts.stages);
      }
      if (ranged && tokens.at("[") && parts.rangeNs == 0) {
        window(parts);
      } else if (ranged && parts.unwrap == null && atUnwrap()) {
        parts.unwrap = unwrap();
      } else if (parts.stages.size() == before) {
        return;
      }
    }
  }

  private boolean atUnwrap() {
    return tokens.at("|") && tokens.following().isWord("unwrap");
  }

  private void window(Parts parts) {
    tokens.advance();
    parts.rangeNs = duration();
    if (parts.rangeNs <= 0) {
      throw tokens.failure(tokens.current().position(), "the range must be longer than 0");
    }
    tokens.expect("]");
    if (tokens.acceptWord("offset")) {
      boolean negative = tokens.accept("-");
      parts.offsetNs = negative ? -duration() : duration();
    }
  }

  private long duration() {
    Token token = tokens.current();
    boolean zero = token.kind() == Token.Kind.NUMBER && Quantities.durationNs(token.text()) == 0;
    if (token.kind() != Token.Kind.DURATION && !zero) {
      if (token.kind() == Token.Kind.NUMBER || token.kind() == Token.Kind.BYTES) {
        throw tokens.failure(
            token.position(), "not a valid duration string: " + Quoting.quote(token.text()));
      }
      throw tokens.unexpected("DURATION");
    }
    return Quantities.durationNs(tokens.advance().text());
  }

  private Expr.Unwrap unwrap() {
    tokens.advance();
    tokens.advance();
    Position position = tokens.current().position();
    String word = tokens.identifier();
    Conversion conversion = Conversion.NUMBER;
    if (tokens.accept("(")) {
      conversion = conversion(word, position);
      word = tokens.identifier();
      tokens.expect(")");
    }
    List<Condition> filters = new ArrayList<>();
    while (tokens.at("|")) {
      tokens.advance();
      filters.add(pipelines.filter().condition());
    }
    return new Expr.Unwrap(word, conversion, filters);
  }

  private Conversion conversion(String word, Position position) {
    for (Conversion conversion : Conversion.values()) {
      if (conversion != Conversion.NUMBER && conversion.text().equals(word)) {
        return conversion;
      }
    }
    throw tokens.failure(
        position, "unknown conversion " + word + ", expecting bytes, duration or duration_seconds");
  }
}
