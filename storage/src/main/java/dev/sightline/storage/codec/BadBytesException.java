package dev.sightline.storage.codec;

/// Bytes are not what their format promises: cut short, damaged, or of another kind.
public final class BadBytesException extends RuntimeException {
  public BadBytesException(String message) {
    super(message);
  }
}
