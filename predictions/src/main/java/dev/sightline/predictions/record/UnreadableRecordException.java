package dev.sightline.predictions.record;

/// A record that this version cannot make sense of, although its checksum holds.
public final class UnreadableRecordException extends RuntimeException {
  public UnreadableRecordException(String message) {
    super(message);
  }
}
