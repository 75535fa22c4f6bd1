package dev.sightline.wire.serving;

/// A payload of a model server, or of its client, that cannot be read: not in the format it claims,
/// or beyond a limit. The message says what and where, and never repeats the payload.
public final class PayloadException extends RuntimeException {
  public PayloadException(String message) {
    super(message);
  }
}
