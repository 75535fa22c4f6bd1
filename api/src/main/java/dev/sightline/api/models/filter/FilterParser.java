package dev.sightline.api.models.filter;

import dev.sightline.api.models.filter.RowFilter.Operand;
import dev.sightline.api.models.filter.RowFilter.Operator;
import dev.sightline.api.models.filter.RowFilter.Place;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.query.Position;
import dev.sightline.model.query.QueryException;

/// Reads the text of a filter, such as `prediction = "yes" and not feature.age > 30`.
///
///     filter      = either { "or" either }          either = one { "and" one }
///     one         = "not" one | "(" filter ")" | "has" "(" place ")" | operand operator operand
///     operator    = "=" | "!=" | "<" | "<=" | ">" | ">="
///     operand     = place | number | text | "true" | "false"
///     place       = "id" | "version" | "prediction" | "truth" | "confidence" | "latency_ms"
///                 | ( "feature" | "probability" | "tag" ) "." ( name | text )
///
/// Texts stand in double quotes, with `\"` and `\\`. Used once, by one thread.
public final class FilterParser {
  static final int MAX_LENGTH = 2_000;
  static final int MAX_DEPTH = 20;

  private final FilterTokens tokens;
  private int depth;

  private FilterParser(String text) {
    this.tokens = new FilterTokens(text);
  }

  /// @throws QueryException.BadQuery with the place in the text
  public static RowFilter parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new QueryException.BadQuery(
          new Position(0, 0),
          "filter: " + text.length() + " characters, the limit is " + MAX_LENGTH);
    }
    FilterParser parser = new FilterParser(text);
    RowFilter filter = parser.filter();
    if (!parser.tokens.isAtEnd()) {
      throw parser.tokens.unexpected("\"and\", \"or\" or the end");
    }
    return filter;
  }

  private RowFilter filter() {
    RowFilter left = either();
    while (tokens.take("or")) {
      left = new RowFilter.Either(left, either());
    }
    return left;
  }

  private RowFilter either() {
    RowFilter left = one();
    while (tokens.take("and")) {
      left = new RowFilter.Both(left, one());
    }
    return left;
  }

  private RowFilter one() {
    if (++depth > MAX_DEPTH) {
      throw tokens.bad("nested deeper than " + MAX_DEPTH);
    }
    RowFilter one = nested();
    depth--;
    return one;
  }

  private RowFilter nested() {
    if (tokens.take("not")) {
      return new RowFilter.Not(one());
    }
    if (tokens.take("(")) {
      RowFilter inner = filter();
      tokens.require(")");
      return inner;
    }
    if (tokens.take("has")) {
      tokens.require("(");
      Operand operand = operand();
      if (!(operand instanceof Place place)) {
        throw tokens.bad("has() takes a place, such as truth or feature.age");
      }
      tokens.require(")");
      return new RowFilter.Has(place);
    }
    Operand left = operand();
    return new RowFilter.Comparison(left, operator(), operand());
  }

  private Operator operator() {
    for (Operator one : Operator.values()) {
      if (tokens.take(sign(one))) {
        return one;
      }
    }
    throw tokens.unexpected("one of = != < <= > >=");
  }

  private static String sign(Operator operator) {
    return switch (operator) {
      case EQUAL -> "=";
      case UNEQUAL -> "!=";
      case LESS -> "<";
      case AT_MOST -> "<=";
      case MORE -> ">";
      case AT_LEAST -> ">=";
    };
  }

  private Operand operand() {
    String text = tokens.takeText();
    if (text != null) {
      return new RowFilter.Constant(new Datum.Text(text));
    }
    Double number = tokens.takeNumber();
    if (number != null) {
      return new RowFilter.Constant(new Datum.Amount(number));
    }
    for (String word : FilterTokens.PLACES) {
      if (tokens.take(word)) {
        return place(word);
      }
    }
    if (tokens.take("true")) {
      return new RowFilter.Constant(new Datum.Flag(true));
    }
    if (tokens.take("false")) {
      return new RowFilter.Constant(new Datum.Flag(false));
    }
    throw tokens.unexpected(
        "a value or one of " + String.join(", ", FilterTokens.PLACES).replace(".", ".NAME"));
  }

  private Place place(String word) {
    return switch (word) {
      case "id" -> new Place.Id();
      case "version" -> new Place.Version();
      case "prediction" -> new Place.Output();
      case "truth" -> new Place.Truth();
      case "confidence" -> new Place.Confidence();
      case "latency_ms" -> new Place.LatencyMs();
      case "feature." -> new Place.Feature(tokens.requireName());
      case "probability." -> new Place.Probability(tokens.requireName());
      case "tag." -> new Place.Tag(tokens.requireName());
      default -> throw new IllegalStateException("BUG: place " + word);
    };
  }
}
