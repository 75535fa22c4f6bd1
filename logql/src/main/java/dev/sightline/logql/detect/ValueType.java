package dev.sightline.logql.detect;

import dev.sightline.logql.parse.Quantities;
import dev.sightline.model.query.DetectedField;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// What a value may be read as, the narrowest first.
enum ValueType {
  BOOLEAN(DetectedField.Type.BOOLEAN, value -> value.equals("true") || value.equals("false")),
  INT(DetectedField.Type.INT, Pattern.compile("[+-]?[0-9]{1,18}").asMatchPredicate()),
  FLOAT(
      DetectedField.Type.FLOAT,
      Pattern.compile("[+-]?([0-9]{1,30}(\\.[0-9]{0,30})?|\\.[0-9]{1,30})([eE][+-]?[0-9]{1,3})?")
          .asMatchPredicate()),
  DURATION(DetectedField.Type.DURATION, text -> Quantities.durationNs(text) != Quantities.NONE),
  BYTES(DetectedField.Type.BYTES, text -> Quantities.sizeBytes(text) != Quantities.NONE),
  STRING(DetectedField.Type.STRING, _ -> true);

  private final DetectedField.Type type;
  private final Predicate<String> reads;

  ValueType(DetectedField.Type type, Predicate<String> reads) {
    this.type = type;
    this.reads = reads;
  }

  static Set<ValueType> all() {
    return EnumSet.allOf(ValueType.class);
  }

  /// Those of `types` that can also be `value`; an empty value can be anything.
  static Set<ValueType> narrowed(Set<ValueType> types, String value) {
    if (value.isEmpty()) {
      return types;
    }
    Set<ValueType> left = EnumSet.copyOf(types);
    left.removeIf(type -> !type.reads.test(value));
    return left;
  }

  /// The narrowest.
  static DetectedField.Type of(Set<ValueType> types) {
    return types.size() == values().length
        ? DetectedField.Type.STRING
        : types.iterator().next().type;
  }
}
