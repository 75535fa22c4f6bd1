package dev.sightline.wire.whylogs;

/// Bytes are no profile of whylogs; the message says why.
public final class BadProfileException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public BadProfileException(String message) {
    super(message);
  }
}
