package dev.sightline.wire.csv;

/// Comma-separated text that cannot be read on from here. The message says what and where.
public final class CsvException extends RuntimeException {
  CsvException(String message) {
    super(message);
  }
}
