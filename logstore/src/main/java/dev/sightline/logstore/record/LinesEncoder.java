package dev.sightline.logstore.record;

import dev.sightline.model.label.Labels;
import dev.sightline.model.log.LogBatch;
import dev.sightline.storage.codec.ByteSink;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Turns lines of a batch into records of the log, each of some megabytes at most.
public final class LinesEncoder {
  /// A record is closed when it is longer.
  private static final int RECORD_BYTES = 2 << 20;

  private final LogBatch batch;
  private final long arrivalMs;
  private final List<byte[]> records = new ArrayList<>();
  private final ByteSink sink;
  private final Map<Labels, Integer> numbers = new HashMap<>();
  private Labels lastStream = Labels.EMPTY;
  private int lastNumber = -1;
  private long lastNs;

  private LinesEncoder(LogBatch batch, long arrivalMs) {
    this.batch = batch;
    this.arrivalMs = arrivalMs;
    this.sink =
        new ByteSink((int) Math.min(batch.lineBytes() * 9 / 8 + 256, RECORD_BYTES * 9L / 8));
  }

  /// @param rows of the batch that are wanted
  /// @return records whose first sequence is still 0
  public static List<byte[]> encode(LogBatch batch, BitSet rows, long arrivalMs) {
    LinesEncoder encoder = new LinesEncoder(batch, arrivalMs);
    encoder.begin();
    for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
      encoder.add(row);
    }
    encoder.end();
    return encoder.records;
  }

  private void begin() {
    sink.clear();
    sink.u8(LinesFormat.LINES).u64(0).u64(arrivalMs);
    numbers.clear();
    lastNumber = -1;
    lastNs = 0;
  }

  private void add(int row) {
    if (sink.size() > RECORD_BYTES) {
      end();
      begin();
    }
    addStream(batch.stream(row));
    sink.varint(batch.timestampNs(row) - lastNs);
    lastNs = batch.timestampNs(row);
    LineBody.write(sink, batch.metadata(row), batch.line(row));
  }

  private void addStream(Labels stream) {
    boolean same = lastNumber >= 0 && stream.equals(lastStream);
    Integer known = same ? Integer.valueOf(lastNumber) : numbers.get(stream);
    if (known == null) {
      known = numbers.size();
      numbers.put(stream, known);
      sink.uvarint(known);
      LineBody.writeLabels(sink, stream);
    } else {
      sink.uvarint(known);
    }
    lastStream = stream;
    lastNumber = known;
  }

  private void end() {
    if (sink.size() > LinesFormat.HEADER_BYTES) {
      records.add(sink.toArray());
    }
  }
}
