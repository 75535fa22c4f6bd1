package dev.sightline.wire.loki;

/// A push that cannot be read; the message is in the user's words.
public final class PushException extends RuntimeException {
  PushException(String message) {
    super(message, null, false, false);
  }
}
