package dev.sightline.alerting.notify.journal;

/// What became of a notification.
public enum Outcome {
  /// It is being sent, or will be tried again.
  PENDING(0),
  SENT(1),
  /// It was given up.
  FAILED(2),
  /// It may have arrived: the process ended while it was being sent, or no answer came in time.
  UNKNOWN(3),
  /// What it would have told was no longer so before it could be sent, or something newer took its
  /// place.
  WITHDRAWN(4);

  private final int code;

  Outcome(int code) {
    this.code = code;
  }

  /// As it stands in the journal.
  int code() {
    return code;
  }

  /// Whether nothing more will come of it, and the receiver counts as told.
  boolean isSettled() {
    return this == SENT || this == FAILED;
  }

  boolean isOpen() {
    return this == PENDING || this == UNKNOWN;
  }
}
