package dev.sightline.logql.stage;

import dev.sightline.model.label.Labels;
import dev.sightline.model.log.LogCursor;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The line that a pipeline works on. Owned by one thread, reused for each line.
public final class Line {
  private final LineLabels labels;
  private byte[] bytes = new byte[0];
  private int start;
  private int end;
  private long timestampNs;

  /// @param wanted the labels that anybody will ask for; null for all
  public Line(@Nullable Set<String> wanted) {
    this.labels = new LineLabels(wanted);
  }

  /// Takes over the line that a cursor shows; valid until that moves.
  public void reset(Labels stream, LogCursor cursor) {
    bytes = cursor.bytes();
    start = cursor.lineStart();
    end = cursor.lineEnd();
    timestampNs = cursor.timestampNs();
    labels.reset(stream, cursor.metadata());
  }

  public LineLabels labels() {
    return labels;
  }

  public long timestampNs() {
    return timestampNs;
  }

  byte[] bytes() {
    return bytes;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  public int length() {
    return end - start;
  }

  public String text() {
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }

  void setText(String text) {
    setBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  void setBytes(byte[] line) {
    bytes = line;
    start = 0;
    end = line.length;
  }
}
