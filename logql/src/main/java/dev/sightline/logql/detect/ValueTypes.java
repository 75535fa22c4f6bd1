package dev.sightline.logql.detect;

import dev.sightline.logql.parse.Quantities;
import dev.sightline.model.query.DetectedField;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// What values may be read as, as far as those that were seen say.
final class ValueTypes {
  private static final Predicate<String> INT =
      Pattern.compile("[+-]?[0-9]{1,18}").asMatchPredicate();
  private static final Predicate<String> FLOAT =
      Pattern.compile("[+-]?([0-9]{1,30}(\\.[0-9]{0,30})?|\\.[0-9]{1,30})([eE][+-]?[0-9]{1,3})?")
          .asMatchPredicate();

  private final Set<DetectedField.Type> left = EnumSet.allOf(DetectedField.Type.class);

  /// An empty value can be anything.
  void narrow(String value) {
    if (!value.isEmpty()) {
      left.removeIf(type -> !reads(type, value));
    }
  }

  private static boolean reads(DetectedField.Type type, String value) {
    return switch (type) {
      case INT -> INT.test(value);
      case FLOAT -> FLOAT.test(value);
      case BOOLEAN -> value.equals("true") || value.equals("false");
      case DURATION -> Quantities.durationNs(value) != Quantities.NONE;
      case BYTES -> Quantities.sizeBytes(value) != Quantities.NONE;
      case STRING -> true;
    };
  }

  /// The narrowest that is left; a text where no value said anything.
  DetectedField.Type narrowest() {
    return left.size() == DetectedField.Type.values().length
        ? DetectedField.Type.STRING
        : left.iterator().next();
  }
}
