package dev.sightline.tsdb.head;

import dev.sightline.model.label.Labels;
import dev.sightline.model.series.SampleBatch;
import dev.sightline.model.series.SeriesSink.Reason;
import dev.sightline.storage.codec.ByteSink;
import dev.sightline.tsdb.record.SamplesRecord;
import dev.sightline.tsdb.record.SeriesRecords;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One batch on its way into the head: judged, then written to the log, then applied.
///
/// The log comes before the head, so that nothing is in memory that the log has refused. Runs with
/// the head's lock held.
final class BatchAppend {
  /// Keeps a bad spot in the log from costing more than this.
  private static final int SAMPLES_PER_RECORD = 50_000;

  private enum Verdict {
    REFUSED,
    IN_ORDER,
    LATE,
    /// Stored already; written to the log again, because the first writing may have failed.
    REPEATED
  }

  private final SeriesTable table;
  private final HeadBounds bounds;
  private final SampleBatch batch;
  private final Refusals refusals;
  private final @Nullable HeadSeries[] series;
  private final Verdict[] verdicts;
  private final Map<Labels, HeadSeries> created = new LinkedHashMap<>();
  private long nextRef;
  private long newestMs = Long.MIN_VALUE;
  private long oldestMs = Long.MAX_VALUE;
  private @Nullable String fullMessage;

  /// @param known the series of each sample where it was found before the lock was taken
  BatchAppend(
      SeriesTable table,
      HeadBounds bounds,
      SampleBatch batch,
      @Nullable HeadSeries[] known,
      long nextRef) {
    this.table = table;
    this.bounds = bounds;
    this.batch = batch;
    this.refusals = new Refusals(batch);
    this.series = known;
    this.verdicts = new Verdict[batch.size()];
    this.nextRef = nextRef;
  }

  Refusals refusals() {
    return refusals;
  }

  /// The first number that no series has.
  long nextRef() {
    return nextRef;
  }

  int createdCount() {
    return created.size();
  }

  /// Of the samples that were applied; `Long.MIN_VALUE` if there were none.
  long newestMs() {
    return newestMs;
  }

  /// Of the samples that were applied; `Long.MAX_VALUE` if there were none.
  long oldestMs() {
    return oldestMs;
  }

  // Judging.

  void judge() {
    long latestMs = bounds.latestMs();
    long earliestMs = bounds.earliestMs();
    for (int i = 0; i < verdicts.length; i++) {
      long timestampMs = batch.timestampMs(i);
      if (timestampMs > latestMs) {
        refuse(i, Reason.TOO_FAR_IN_FUTURE, "too far in the future; now is ", bounds.nowMs());
      } else if (timestampMs < earliestMs) {
        refuse(i, Reason.TOO_OLD, "too old; samples are taken from ", earliestMs);
      } else {
        HeadSeries one = seriesOf(i);
        verdicts[i] = one == null ? Verdict.REFUSED : judge(i, one);
      }
    }
  }

  private Verdict judge(int index, HeadSeries one) {
    long timestampMs = batch.timestampMs(index);
    if (timestampMs > one.promisedMs()) {
      one.promise(timestampMs);
      return Verdict.IN_ORDER;
    }
    if (one.has(timestampMs)) {
      return isRepetition(index, one) ? Verdict.REPEATED : duplicate(index, one);
    }
    if (timestampMs >= bounds.earliestLateMs()) {
      return Verdict.LATE;
    }
    if (bounds.limits().outOfOrderWindowMs() == 0) {
      refuse(index, Reason.OUT_OF_ORDER, "out of order; the series has one at ", one.lastMs());
    } else {
      refuse(
          index,
          Reason.TOO_OLD,
          "out of order, and too old for that; late samples are taken from ",
          bounds.earliestLateMs());
    }
    return Verdict.REFUSED;
  }

  private boolean isRepetition(int index, HeadSeries one) {
    return one.bitsAt(batch.timestampMs(index)) == Double.doubleToRawLongBits(batch.value(index));
  }

  private Verdict duplicate(int index, HeadSeries one) {
    double stored = Double.longBitsToDouble(one.bitsAt(batch.timestampMs(index)));
    refusals.add(
        index,
        Reason.DUPLICATE_TIMESTAMP,
        "value " + batch.value(index) + ", but " + stored + " is stored at this time");
    return Verdict.REFUSED;
  }

  private void refuse(int index, Reason reason, String limit, long limitMs) {
    verdicts[index] = Verdict.REFUSED;
    refusals.add(index, reason, refusals.wantsMessage() ? limit + Refusals.time(limitMs) : limit);
  }

  private @Nullable HeadSeries seriesOf(int index) {
    HeadSeries known = series[index];
    if (known == null || known.ended()) {
      Labels labels = batch.labels(index);
      known = table.find(labels);
      if (known == null) {
        known = created.get(labels);
      }
      if (known == null) {
        known = create(index, labels);
      }
      series[index] = known;
    }
    return known;
  }

  private @Nullable HeadSeries create(int index, Labels labels) {
    String problem = LabelCheck.problem(labels, bounds.limits());
    if (problem != null) {
      refusals.add(index, Reason.BAD_LABELS, problem);
      return null;
    }
    int limit = bounds.limits().series();
    if (table.size() + created.size() >= limit) {
      refusals.add(index, Reason.TOO_MANY_SERIES, fullMessage(limit + " is the limit"));
      return null;
    }
    if (bounds.limits().room().isScarce()) {
      refusals.add(
          index,
          Reason.TOO_MANY_SERIES,
          fullMessage(table.size() + " fill the memory that there is"));
      return null;
    }
    Labels shared = table.share(labels);
    HeadSeries fresh = new HeadSeries(nextRef++, shared);
    created.put(shared, fresh);
    return fresh;
  }

  private String fullMessage(String limit) {
    String present = fullMessage;
    if (present == null) {
      present = "would be a new series, and " + limit + "; " + table.widestLabel();
      fullMessage = present;
    }
    return present;
  }

  // Writing to the log.

  /// @throws dev.sightline.model.store.StoreUnavailableException if the log refuses; nothing of the
  ///   batch is in the head then
  HeadLog.Position writeTo(HeadLog log) {
    try {
      return log.append(seriesRecords(), sampleRecords());
    } catch (RuntimeException failure) {
      for (HeadSeries one : series) {
        if (one != null) {
          one.breakPromise();
        }
      }
      throw failure;
    }
  }

  private List<byte[]> seriesRecords() {
    if (created.isEmpty()) {
      return List.of();
    }
    List<byte[]> records = new ArrayList<>(1);
    SeriesRecords fresh = new SeriesRecords(records::add);
    created.values().forEach(one -> fresh.add(one.ref(), one.labels()));
    fresh.finish();
    return records;
  }

  private List<byte[]> sampleRecords() {
    List<byte[]> records = new ArrayList<>(1);
    ByteSink sink = new ByteSink(Math.min(verdicts.length, SAMPLES_PER_RECORD) * 14 + 32);
    SamplesRecord record = new SamplesRecord(sink);
    record.begin();
    for (int i = 0; i < verdicts.length; i++) {
      HeadSeries one = series[i];
      if (verdicts[i] != Verdict.REFUSED && one != null) {
        record.add(one.ref(), batch.timestampMs(i), batch.value(i));
      }
      if (record.count() == SAMPLES_PER_RECORD || i == verdicts.length - 1 && record.count() > 0) {
        records.add(sink.toArray());
        record.begin();
      }
    }
    return records;
  }

  // Applying.

  /// Puts the samples into their series and shows them to readers.
  void apply() {
    created.values().forEach(table::add);
    HeadSeries[] changed = new HeadSeries[verdicts.length];
    int changedCount = 0;
    for (int i = 0; i < verdicts.length; i++) {
      HeadSeries one = series[i];
      if (one == null || verdicts[i] == Verdict.REFUSED || verdicts[i] == Verdict.REPEATED) {
        continue;
      }
      put(i, one);
      newestMs = Math.max(newestMs, batch.timestampMs(i));
      oldestMs = Math.min(oldestMs, batch.timestampMs(i));
      if (one.markChanged()) {
        changed[changedCount++] = one;
      }
    }
    for (HeadSeries one : Arrays.asList(changed).subList(0, changedCount)) {
      one.publish();
    }
  }

  private void put(int index, HeadSeries one) {
    long timestampMs = batch.timestampMs(index);
    if (verdicts[index] == Verdict.IN_ORDER) {
      one.append(timestampMs, batch.value(index));
    } else if (!one.has(timestampMs)) {
      one.appendLate(timestampMs, batch.value(index));
    } else if (!isRepetition(index, one)) {
      // The same time twice within this batch; the log's reader keeps the first too.
      duplicate(index, one);
    }
  }
}
