package dev.sightline.template;

import dev.sightline.model.query.Position;

/// Why a template cannot be read or expanded, with the place in its text.
public final class TemplateException extends RuntimeException {
  private final Position position;

  /// @param message in the user's words, without the place
  TemplateException(String source, Position position, String message) {
    super(position.in(source) + ": " + message);
    this.position = position;
  }

  public Position position() {
    return position;
  }
}
