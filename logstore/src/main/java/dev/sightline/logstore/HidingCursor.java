package dev.sightline.logstore;

import dev.sightline.model.label.Labels;
import dev.sightline.model.log.LineTest.Tester;
import dev.sightline.model.log.LogCursor;
import java.util.function.LongConsumer;

/// Passes over lines that are to be left out.
final class HidingCursor implements LogCursor {
  private final Labels stream;
  private final LogCursor lines;
  private final Tester hides;
  private final LongConsumer onHidden;

  /// @param onHidden told the time of each line that is passed over
  HidingCursor(Labels stream, LogCursor lines, Tester hides, LongConsumer onHidden) {
    this.stream = stream;
    this.lines = lines;
    this.hides = hides;
    this.onHidden = onHidden;
  }

  @Override
  public boolean next() {
    while (lines.next()) {
      if (!hides.holds(stream, lines)) {
        return true;
      }
      onHidden.accept(lines.timestampNs());
    }
    return false;
  }

  @Override
  public long timestampNs() {
    return lines.timestampNs();
  }

  @Override
  public byte[] bytes() {
    return lines.bytes();
  }

  @Override
  public int lineStart() {
    return lines.lineStart();
  }

  @Override
  public int lineEnd() {
    return lines.lineEnd();
  }

  @Override
  public Labels metadata() {
    return lines.metadata();
  }
}
