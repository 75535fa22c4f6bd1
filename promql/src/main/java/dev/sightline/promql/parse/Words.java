package dev.sightline.promql.parse;

import dev.sightline.promql.ast.Aggregation;
import dev.sightline.promql.ast.BinaryOperator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The words with a meaning of their own. Wherever a name may stand, they are names too.
final class Words {
  static final Set<String> OPERATORS =
      Set.of(
          "+", "-", "*", "/", "%", "^", "==", "!=", "<=", "<", ">=", ">", "</", ">/", "=~", "!~",
          "@");

  private static final Set<String> KEYWORDS =
      Set.of(
          "offset",
          "smoothed",
          "anchored",
          "by",
          "without",
          "on",
          "ignoring",
          "group_left",
          "group_right",
          "fill",
          "fill_left",
          "fill_right",
          "bool");

  private static final Map<String, BinaryOperator> BINARY = new HashMap<>();

  static {
    for (BinaryOperator operator : BinaryOperator.values()) {
      BINARY.put(operator.text(), operator);
    }
  }

  private Words() {}

  static boolean isKeyword(String text) {
    return KEYWORDS.contains(text.toLowerCase(Locale.ROOT))
        || Aggregation.named(text) != null
        || isWordOperator(text);
  }

  static String described(String keyword) {
    String lower = keyword.toLowerCase(Locale.ROOT);
    if (isWordOperator(lower)) {
      return "<op:" + lower + ">";
    }
    return Aggregation.named(lower) != null ? "<aggr:" + lower + ">" : "<" + lower + ">";
  }

  /// @return null if the token is none
  static @Nullable BinaryOperator binaryOperator(Token token) {
    return switch (token.kind()) {
      case SIGN -> BINARY.get(token.text());
      case WORD -> BINARY.get(token.text().toLowerCase(Locale.ROOT));
      case END, METRIC_WORD, NUMBER, DURATION, STRING -> null;
    };
  }

  private static boolean isWordOperator(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "and", "or", "unless", "atan2" -> true;
      default -> false;
    };
  }
}
