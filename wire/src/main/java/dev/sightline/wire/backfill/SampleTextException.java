package dev.sightline.wire.backfill;

/// A text of samples cannot be read from here on; says where and why.
public final class SampleTextException extends RuntimeException {
  public SampleTextException(String message) {
    super(message);
  }
}
