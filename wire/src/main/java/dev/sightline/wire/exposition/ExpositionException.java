package dev.sightline.wire.exposition;

/// Text that is no exposition format, with the place where it stops being one.
public final class ExpositionException extends RuntimeException {
  private final int line;
  private final int column;
  private final String reason;

  /// @param line from 1
  /// @param column in characters, from 1
  public ExpositionException(int line, int column, String reason) {
    super(line + ":" + column + ": " + reason);
    this.line = line;
    this.column = column;
    this.reason = reason;
  }

  public int line() {
    return line;
  }

  public int column() {
    return column;
  }

  /// The message without its place.
  public String reason() {
    return reason;
  }
}
