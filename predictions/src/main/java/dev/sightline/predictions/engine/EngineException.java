package dev.sightline.predictions.engine;

import org.jspecify.annotations.Nullable;

/// The engine has not done what it was asked; nothing that is stored depends on it.
public final class EngineException extends RuntimeException {
  private final Reason reason;

  /// Whose fault it was.
  public enum Reason {
    /// What was asked makes no sense: the statement, or the file.
    REFUSED,
    /// It took longer than it may.
    TIMED_OUT,
    /// It needed more memory than it may.
    OUT_OF_MEMORY,
    /// Nobody waits for it any more.
    UNWANTED,
    /// The engine itself has ended or cannot start.
    BROKEN
  }

  EngineException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
