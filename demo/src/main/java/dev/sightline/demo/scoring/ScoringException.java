package dev.sightline.demo.scoring;

/// Why a call has no predictions.
final class ScoringException extends RuntimeException {
  private final ErrorCode code;

  ScoringException(ErrorCode code, String message) {
    this.code = code;
    super(message);
  }

  ErrorCode code() {
    return code;
  }
}
