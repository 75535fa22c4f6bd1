package dev.sightline.logql.ast;

import dev.sightline.model.label.Matcher;
import dev.sightline.model.query.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A LogQL expression. Wherever nodes are listed, they stand in the order of this file.
public sealed interface Expr {
  Position position();

  /// `{app="scorer"} |= "error" | json`: the lines of the selected streams that pass a pipeline.
  record Lines(List<Matcher> selector, List<Stage> pipeline, Position position) implements Expr {
    public Lines {
      selector = List.copyOf(selector);
      pipeline = List.copyOf(pipeline);
    }
  }

  record NumberLiteral(double value, Position position) implements Expr {}

  /// `vector(1)`: one element without labels.
  record VectorLiteral(double value, Position position) implements Expr {}

  record Parenthesized(Expr inner, Position position) implements Expr {}

  /// `rate({app="scorer"}[5m])`
  ///
  /// @param parameter of `quantile_over_time`
  /// @param grouping null where none is written
  record RangeAggregate(
      RangeFunction function,
      LogRange range,
      @Nullable Double parameter,
      @Nullable Grouping grouping,
      Position position)
      implements Expr {}

  /// `sum by (level) (operand)`
  ///
  /// @param parameter of `topk` and the like
  /// @param grouping null where none is written: all in one group
  record VectorAggregate(
      VectorFunction function,
      Expr operand,
      @Nullable Integer parameter,
      @Nullable Grouping grouping,
      Position position)
      implements Expr {}

  /// @param bool whether a comparison yields 0 and 1 instead of filtering
  record Binary(
      BinaryOperator operator,
      Expr left,
      Expr right,
      boolean bool,
      Matching matching,
      Position position)
      implements Expr {}

  /// `label_replace(operand, "target", "replacement", "source", "regex")`
  record LabelReplace(
      Expr operand,
      String target,
      String replacement,
      String source,
      String regex,
      Position position)
      implements Expr {}

  /// The lines of a window, and which number each of them stands for.
  ///
  /// @param unwrap null where each line counts as it is
  /// @param rangeNs length of the window, above 0
  /// @param offsetNs how far the window lies in the past; negative for the future
  record LogRange(Lines lines, @Nullable Unwrap unwrap, long rangeNs, long offsetNs) {}

  /// `| unwrap duration(took) | __error__=""`
  ///
  /// @param filters what is asked of the line afterwards
  record Unwrap(String label, Conversion conversion, List<Condition> filters) {
    public Unwrap {
      filters = List.copyOf(filters);
    }
  }

  /// How the text of a label becomes a number.
  enum Conversion {
    NUMBER(""),
    /// to seconds
    DURATION("duration"),
    /// another name of the same
    DURATION_SECONDS("duration_seconds"),
    BYTES("bytes");

    private final String text;

    Conversion(String text) {
      this.text = text;
    }

    /// Its name as a function; empty for none.
    public String text() {
      return text;
    }
  }

  /// This expression without the parentheses around it.
  default Expr bare() {
    Expr expr = this;
    while (expr instanceof Parenthesized(Expr inner, _)) {
      expr = inner;
    }
    return expr;
  }

  /// Whether this is a number, computed from numbers alone.
  default boolean isScalar() {
    return switch (this) {
      case NumberLiteral _ -> true;
      case Parenthesized(Expr inner, _) -> inner.isScalar();
      case Binary binary -> binary.left().isScalar() && binary.right().isScalar();
      case Lines _, VectorLiteral _, RangeAggregate _, VectorAggregate _, LabelReplace _ -> false;
    };
  }
}
