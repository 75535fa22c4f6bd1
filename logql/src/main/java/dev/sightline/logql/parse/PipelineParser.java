package dev.sightline.logql.parse;

import dev.sightline.logql.ast.Stage;
import dev.sightline.logql.ast.Stage.Assignment;
import dev.sightline.logql.ast.Stage.Extraction;
import dev.sightline.logql.ast.Stage.LabelPick;
import dev.sightline.logql.ast.Stage.LineOperator;
import dev.sightline.logql.ast.Stage.LineTerm;
import dev.sightline.model.label.BadPatternException;
import dev.sightline.model.label.BoundedPattern;
import dev.sightline.model.label.MatchOperator;
import dev.sightline.model.query.Position;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the stages of a pipeline.
final class PipelineParser {
  private static final int MAX_STAGES = 200;

  private final TokenStream tokens;
  private final SelectorParser selectors;

  PipelineParser(TokenStream tokens) {
    this.tokens = tokens;
    this.selectors = new SelectorParser(tokens);
  }

  /// Every stage that follows, up to an `unwrap`.
  void stages(List<Stage> into) {
    while (true) {
      LineOperator operator = lineOperator(tokens.current());
      if (operator != null) {
        into.add(lineFilter(operator));
      } else if (tokens.at("|") && !tokens.following().isWord("unwrap")) {
        tokens.advance();
        into.add(stage());
      } else {
        return;
      }
      if (into.size() > MAX_STAGES) {
        throw tokens.failure(
            tokens.current().position(), "more than " + MAX_STAGES + " stages in a pipeline");
      }
    }
  }

  private static @Nullable LineOperator lineOperator(Token token) {
    if (token.kind() == Token.Kind.SIGN) {
      for (LineOperator operator : LineOperator.values()) {
        if (operator.sign().equals(token.text())) {
          return operator;
        }
      }
    }
    return null;
  }

  private Stage lineFilter(LineOperator operator) {
    tokens.advance();
    List<LineTerm> terms = new ArrayList<>();
    terms.add(term(operator));
    while (tokens.acceptWord("or")) {
      terms.add(term(operator));
    }
    return new Stage.LineFilter(operator, terms);
  }

  private LineTerm term(LineOperator operator) {
    Position position = tokens.current().position();
    if (tokens.atWord("ip")) {
      if (operator != LineOperator.CONTAINS && operator != LineOperator.LACKS) {
        throw tokens.failure(position, "ip: only |= and != take an address");
      }
      return new LineTerm(ConditionParser.addressPattern(tokens), true);
    }
    String text = tokens.string();
    switch (operator) {
      case CONTAINS, LACKS -> {}
      case MATCHES, DIFFERS -> checkRegex(position, text);
      case FITS_PATTERN, MISSES_PATTERN -> check(position, LinePattern.problem(text, false));
    }
    return new LineTerm(text, false);
  }

  private void checkRegex(Position position, String regex) {
    try {
      BoundedPattern.compile(regex, 0);
    } catch (BadPatternException bad) {
      throw tokens.failure(position, String.valueOf(bad.getMessage()));
    }
  }

  private void check(Position position, @Nullable String problem) {
    if (problem != null) {
      throw tokens.failure(position, problem);
    }
  }

  private Stage stage() {
    if (!tokens.at(Token.Kind.WORD)) {
      return filter();
    }
    return switch (tokens.current().text()) {
      case "json" -> {
        tokens.advance();
        yield new Stage.Json(extractions(true));
      }
      case "logfmt" -> logfmt();
      case "regexp" -> regexp();
      case "pattern" -> {
        tokens.advance();
        Position position = tokens.current().position();
        String pattern = tokens.string();
        check(position, LinePattern.problem(pattern, true));
        yield new Stage.Pattern(pattern);
      }
      case "unpack" -> {
        tokens.advance();
        yield new Stage.Unpack();
      }
      case "line_format" -> {
        tokens.advance();
        yield new Stage.LineFormat(tokens.string());
      }
      case "label_format" -> labelFormat();
      case "decolorize" -> {
        tokens.advance();
        yield new Stage.Decolorize();
      }
      case "drop" -> {
        tokens.advance();
        yield new Stage.Drop(picks());
      }
      case "keep" -> {
        tokens.advance();
        yield new Stage.Keep(picks());
      }
      default -> filter();
    };
  }

  Stage.Filter filter() {
    return new Stage.Filter(new ConditionParser(tokens).condition());
  }

  private Stage logfmt() {
    tokens.advance();
    boolean strict = false;
    boolean keepEmpty = false;
    while (tokens.at(Token.Kind.FLAG)) {
      Token flag = tokens.advance();
      switch (flag.text()) {
        case "--strict" -> strict = true;
        case "--keep-empty" -> keepEmpty = true;
        default ->
            throw tokens.failure(
                flag.position(),
                "unknown flag " + flag.text() + ", expecting --strict or --keep-empty");
      }
    }
    return new Stage.Logfmt(strict, keepEmpty, extractions(false));
  }

  private List<Extraction> extractions(boolean json) {
    List<Extraction> extractions = new ArrayList<>();
    while (tokens.at(Token.Kind.WORD)) {
      String label = tokens.identifier();
      String expression = label;
      Position position = tokens.current().position();
      if (tokens.accept("=")) {
        position = tokens.current().position();
        expression = tokens.string();
      }
      if (json && !JsonPath.isValid(expression)) {
        throw tokens.failure(
            position, "cannot parse expression " + Quoting.quote(expression) + " of json");
      }
      extractions.add(new Extraction(label, expression));
      if (!tokens.accept(",")) {
        break;
      }
      if (!tokens.at(Token.Kind.WORD)) {
        throw tokens.unexpected("IDENTIFIER");
      }
    }
    return extractions;
  }

  private Stage regexp() {
    tokens.advance();
    Position position = tokens.current().position();
    String regex = tokens.string();
    checkRegex(position, regex);
    if (BoundedPattern.compile(regex, 0).namedGroups().isEmpty()) {
      throw tokens.failure(position, "at least one named capture must be supplied");
    }
    return new Stage.Regexp(regex);
  }

  private Stage labelFormat() {
    tokens.advance();
    List<Assignment> assignments = new ArrayList<>();
    Set<String> targets = new HashSet<>();
    do {
      Position position = tokens.current().position();
      String target = tokens.identifier();
      tokens.expect("=");
      assignments.add(
          tokens.at(Token.Kind.WORD)
              ? new Assignment.Rename(target, tokens.identifier())
              : new Assignment.Template(target, tokens.string()));
      if (!targets.add(target)) {
        throw tokens.failure(
            position,
            "multiple label name '" + target + "' not allowed in a single format operation");
      }
      if (target.equals("__error__")) {
        throw tokens.failure(position, "__error__ cannot be formatted");
      }
    } while (tokens.accept(","));
    return new Stage.LabelFormat(assignments);
  }

  private List<LabelPick> picks() {
    List<LabelPick> picks = new ArrayList<>();
    do {
      String label = tokens.identifier();
      boolean compared =
          tokens.at(Token.Kind.SIGN)
              && List.of(MatchOperator.values()).stream()
                  .anyMatch(operator -> tokens.at(operator.sign()));
      picks.add(new LabelPick(label, compared ? selectors.matcher(label) : null));
    } while (tokens.accept(","));
    return picks;
  }
}
