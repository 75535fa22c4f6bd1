package dev.sightline.promql.parse;

import dev.sightline.model.query.Position;

/// A word, number, text or sign of a query.
///
/// @param text as written
/// @param start index of its first character in the query
record Token(Kind kind, String text, int start) {
  enum Kind {
    END("end of input"),
    /// a name without colons
    WORD("identifier"),
    /// a name with colons
    METRIC_WORD("metric identifier"),
    NUMBER("number"),
    DURATION("duration"),
    STRING("string"),
    SIGN("operator");

    private final String description;

    Kind(String description) {
      this.description = description;
    }
  }

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
    return kind == Kind.WORD && text.equalsIgnoreCase(word);
  }

  /// As Prometheus's messages name it.
  String described() {
    return switch (kind) {
      case END -> kind.description;
      case WORD, METRIC_WORD, NUMBER, DURATION, STRING ->
          Words.isKeyword(text)
              ? Words.described(text)
              : kind.description + " " + Quoting.quote(shortened());
      case SIGN -> Words.OPERATORS.contains(text) ? "<op:" + text + ">" : Quoting.quote(text);
    };
  }

  private String shortened() {
    return kind == Kind.STRING && text.length() > 40 ? text.substring(0, 40) + "…" : text;
  }
}
