package dev.sightline.promql.ast;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What an aggregation makes of the elements of a group.
public enum Aggregation {
  SUM(null),
  AVG(null),
  COUNT(null),
  MIN(null),
  MAX(null),
  GROUP(null),
  STDDEV(null),
  STDVAR(null),
  TOPK(ValueType.SCALAR),
  BOTTOMK(ValueType.SCALAR),
  LIMITK(ValueType.SCALAR),
  LIMIT_RATIO(ValueType.SCALAR),
  QUANTILE(ValueType.SCALAR),
  COUNT_VALUES(ValueType.STRING);

  private final @Nullable ValueType parameter;
  private final String text = name().toLowerCase(Locale.ROOT);

  Aggregation(@Nullable ValueType parameter) {
    this.parameter = parameter;
  }

  public String text() {
    return text;
  }

  /// The type of its first argument beside the vector, or null where there is none.
  public @Nullable ValueType parameter() {
    return parameter;
  }

  /// Whether it passes some of its elements on as they are, with all their labels.
  public boolean isSelection() {
    return this == TOPK || this == BOTTOMK || this == LIMITK || this == LIMIT_RATIO;
  }

  /// @return null if there is none of this name, in any case of letters
  public static @Nullable Aggregation named(String word) {
    for (Aggregation aggregation : values()) {
      if (aggregation.text.equalsIgnoreCase(word)) {
        return aggregation;
      }
    }
    return null;
  }
}
