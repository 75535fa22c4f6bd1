package dev.sightline.logstore.head;

import dev.sightline.logstore.record.LineBody;
import dev.sightline.model.label.Labels;
import dev.sightline.model.log.LogCursor;
import dev.sightline.storage.codec.ByteSource;

/// Walks lines of a head that have been put in order.
final class HeadCursor implements LogCursor {
  private final HeadLines.View view;
  private final int[] lines;
  private final int end;
  private final int step;
  private int at;
  private int line;
  private byte[] bytes = new byte[0];
  private int bodyStart;
  private int lineStart;

  HeadCursor(HeadLines.View view, int[] lines, int from, int to, boolean forward) {
    this.view = view;
    this.lines = lines;
    this.step = forward ? 1 : -1;
    this.at = (forward ? from : to - 1) - step;
    this.end = forward ? to : from - 1;
  }

  @Override
  public boolean next() {
    if (at == end || at + step == end) {
      at = end;
      return false;
    }
    at += step;
    line = lines[at];
    bytes = view.bytes(line);
    bodyStart = view.bodyStart(line);
    lineStart = -1;
    return true;
  }

  @Override
  public long timestampNs() {
    return view.timestampNs(line);
  }

  @Override
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public int lineStart() {
    if (lineStart < 0) {
      ByteSource body = body();
      LineBody.skipLabels(body);
      body.uvarint();
      lineStart = body.position();
    }
    return lineStart;
  }

  @Override
  public int lineEnd() {
    return view.bodyEnd(line);
  }

  @Override
  public Labels metadata() {
    return bytes[bodyStart] == 0 ? Labels.EMPTY : LineBody.readLabels(body());
  }

  private ByteSource body() {
    return new ByteSource(bytes, bodyStart, view.bodyEnd(line) - bodyStart);
  }
}
