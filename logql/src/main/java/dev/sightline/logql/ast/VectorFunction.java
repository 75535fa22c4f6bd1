package dev.sightline.logql.ast;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What an aggregation makes of the elements of a group.
public enum VectorFunction {
  SUM,
  AVG,
  COUNT,
  MIN,
  MAX,
  STDDEV,
  STDVAR,
  TOPK,
  BOTTOMK,
  APPROX_TOPK,
  SORT,
  SORT_DESC;

  private final String text = name().toLowerCase(Locale.ROOT);

  public String text() {
    return text;
  }

  /// Whether a number stands before the vector.
  public boolean takesParameter() {
    return this == TOPK || this == BOTTOMK || this == APPROX_TOPK;
  }

  /// Whether `by` and `without` may stand beside it.
  public boolean groups() {
    return this != SORT && this != SORT_DESC && this != APPROX_TOPK;
  }

  /// @return null if there is none of this name
  public static @Nullable VectorFunction named(String word) {
    for (VectorFunction function : values()) {
      if (function.text.equals(word)) {
        return function;
      }
    }
    return null;
  }
}
