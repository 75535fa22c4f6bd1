package dev.sightline.predictions.engine;

import org.jspecify.annotations.Nullable;

/// The engine has not done what it was asked; nothing that is stored depends on it.
public final class EngineException extends RuntimeException {
  EngineException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
