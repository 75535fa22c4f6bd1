package dev.sightline.logstore.follow;

import dev.sightline.logstore.record.LinesRecord;
import dev.sightline.model.label.Labels;
import dev.sightline.model.log.LogArrivals.Arrived;
import java.util.BitSet;

/// Walks those lines of a record that are of certain streams.
final class RecordLines implements Arrived {
  private final LinesRecord record;
  private final BitSet streams;
  private int row = -1;
  private int lineStart;

  RecordLines(LinesRecord record, BitSet streams) {
    this.record = record;
    this.streams = streams;
  }

  int recordBytes() {
    return record.bytes().length;
  }

  @Override
  public boolean next() {
    do {
      if (row + 1 >= record.size()) {
        return false;
      }
      row++;
    } while (!streams.get(record.stream(row)));
    lineStart = record.lineStart(row);
    return true;
  }

  @Override
  public Labels stream() {
    return record.streams().get(record.stream(row));
  }

  @Override
  public long timestampNs() {
    return record.timestampNs(row);
  }

  @Override
  public byte[] bytes() {
    return record.bytes();
  }

  @Override
  public int lineStart() {
    return lineStart;
  }

  @Override
  public int lineEnd() {
    return record.bodyEnd(row);
  }

  @Override
  public Labels metadata() {
    return record.metadata(row);
  }
}
