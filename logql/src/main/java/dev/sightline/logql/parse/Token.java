package dev.sightline.logql.parse;

import dev.sightline.logql.ast.RangeFunction;
import dev.sightline.logql.ast.VectorFunction;
import dev.sightline.model.query.Position;
import java.util.Set;

/// A word, number, text or sign of a query.
///
/// @param text as written
/// @param start index of its first character in the query
record Token(Kind kind, String text, int start) {
  enum Kind {
    END,
    WORD,
    NUMBER,
    /// `5m`
    DURATION,
    /// `10KB`
    BYTES,
    STRING,
    /// `--strict`
    FLAG,
    SIGN
  }

  private static final Set<String> KEYWORDS =
      Set.of(
          "and",
          "or",
          "unless",
          "by",
          "without",
          "on",
          "ignoring",
          "group_left",
          "group_right",
          "bool",
          "offset",
          "json",
          "logfmt",
          "regexp",
          "pattern",
          "unpack",
          "unwrap",
          "line_format",
          "label_format",
          "decolorize",
          "drop",
          "keep",
          "label_replace",
          "vector");

  int end() {
    return start + text.length();
  }

  Position position() {
    return new Position(start, end());
  }

  boolean is(String sign) {
    return kind == Kind.SIGN && text.equals(sign);
  }

  boolean isWord(String word) {
    return kind == Kind.WORD && text.equals(word);
  }

  /// As Loki's messages name it.
  String described() {
    return switch (kind) {
      case END -> "$end";
      case WORD -> isKeyword() ? text : "IDENTIFIER";
      case NUMBER, DURATION, BYTES, STRING -> kind.name();
      case FLAG -> "PARSER_FLAG";
      case SIGN -> text;
    };
  }

  private boolean isKeyword() {
    return KEYWORDS.contains(text)
        || RangeFunction.named(text) != null
        || VectorFunction.named(text) != null;
  }
}
