package dev.sightline.logstore;

import dev.sightline.logstore.record.LinesEncoder;
import dev.sightline.logstore.record.LinesRecord;
import dev.sightline.model.log.LogBatch;
import dev.sightline.model.log.LogSink.Outcome;
import dev.sightline.model.log.LogSink.Refusal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Which lines of a batch can be stored, judged one by one.
final class Admission {
  private final LogBatch batch;
  private final BitSet accepted = new BitSet();
  private final List<Refusal> refused = new ArrayList<>();
  private long acceptedBytes;

  Admission(LogBatch batch, LineLimits limits) {
    this.batch = batch;
    int spelledOut = Outcome.MAX_REFUSALS;
    for (int row = 0; row < batch.size(); row++) {
      int lineBytes = batch.line(row).length;
      String objection =
          limits.objection(
              batch.stream(row), batch.timestampNs(row), lineBytes, batch.metadata(row));
      if (objection == null) {
        accepted.set(row);
        acceptedBytes += lineBytes;
      } else if (refused.size() < spelledOut) {
        refused.add(new Refusal(row, objection));
      }
    }
  }

  /// What is to be stored, as records of the log.
  List<LinesRecord> records(long arrivalMs) {
    List<LinesRecord> records = new ArrayList<>();
    for (byte[] encoded : LinesEncoder.encode(batch, accepted, arrivalMs)) {
      LinesRecord record = LinesRecord.parse(encoded);
      BitSet repeated = record.repeatedWithin();
      records.add(repeated.isEmpty() ? record : record.without(repeated));
    }
    return records;
  }

  int acceptedCount() {
    return accepted.cardinality();
  }

  long acceptedBytes() {
    return acceptedBytes;
  }

  Outcome outcome() {
    int stored = acceptedCount();
    return new Outcome(stored, refused, batch.size() - stored);
  }
}
