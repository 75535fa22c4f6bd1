package dev.sightline.collect.mlflow;

import org.jspecify.annotations.Nullable;

/// Why a tracking server did not say what it was asked.
final class MlflowException extends Exception {
  MlflowException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
