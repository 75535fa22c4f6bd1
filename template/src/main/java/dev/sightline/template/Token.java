package dev.sightline.template;

import dev.sightline.model.query.Position;

/// A word of a template.
///
/// @param text of a [Kind#STRING], without its quotes and with its escapes resolved; otherwise as
///   it stands
/// @param spaced whether white space stands before it
record Token(Kind kind, String text, boolean spaced, Position position) {
  enum Kind {
    LITERAL,
    OPEN,
    CLOSE,
    DOT,
    /// `.name`
    FIELD,
    /// `$name`
    VARIABLE,
    WORD,
    NUMBER,
    STRING,
    CHARACTER,
    DECLARE,
    ASSIGN,
    PIPE,
    COMMA,
    LEFT,
    RIGHT,
    END
  }
}
