package dev.sightline.model.label;

/// A regular expression that a user wrote and that cannot be used: malformed, too long or too deep.
public final class BadPatternException extends RuntimeException {
  public BadPatternException(String message) {
    super(message);
  }
}
