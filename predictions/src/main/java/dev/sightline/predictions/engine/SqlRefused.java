package dev.sightline.predictions.engine;

/// The statement is none that is answered; why, in the user's words.
final class SqlRefused extends RuntimeException {
  SqlRefused(String message) {
    super(message);
  }
}
