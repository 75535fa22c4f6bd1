package dev.sightline.wire.table;

/// A file is no table that can be read; the message says where and why, in the words of a user.
public final class BadTableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public BadTableException(String message) {
    super(message);
  }

  public BadTableException(String message, Throwable cause) {
    super(message, cause);
  }
}
