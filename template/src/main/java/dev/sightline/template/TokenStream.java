package dev.sightline.template;

import dev.sightline.model.query.Position;
import dev.sightline.template.Token.Kind;
import java.util.List;

/// The words of a template, one after the other, and the mistakes that point at them.
final class TokenStream {
  private final String source;
  private final List<Token> tokens;
  private int next;

  TokenStream(String source, List<Token> tokens) {
    this.source = source;
    this.tokens = tokens;
  }

  Token peek() {
    return tokens.get(next);
  }

  /// @param ahead 0 for what [#peek] returns; the last word repeats for ever
  Token peek(int ahead) {
    return tokens.get(Math.min(next + ahead, tokens.size() - 1));
  }

  Token next() {
    Token token = tokens.get(next);
    next = Math.min(next + 1, tokens.size() - 1);
    return token;
  }

  Token expect(Kind kind, String what) {
    Token token = peek();
    if (token.kind() != kind) {
      throw failure("unexpected " + describe(token) + ", expected " + what);
    }
    return next();
  }

  TemplateException failure(String message) {
    return failureAt(peek().position(), message);
  }

  TemplateException failureAt(Position position, String message) {
    return new TemplateException(source, position, message);
  }

  static String describe(Token token) {
    return switch (token.kind()) {
      case END -> "end of text";
      case LITERAL -> "text";
      case STRING -> "\"" + token.text() + "\"";
      case FIELD -> "<." + token.text() + ">";
      default -> "\"" + token.text() + "\"";
    };
  }
}
