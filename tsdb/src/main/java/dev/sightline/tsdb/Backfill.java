package dev.sightline.tsdb;

import dev.sightline.model.label.Labels;
import dev.sightline.model.series.SampleBatch;
import dev.sightline.model.series.SeriesBackfill;
import dev.sightline.model.series.SeriesSink;
import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.storage.fs.StorageException;
import dev.sightline.tsdb.chunk.ChunkSpan;
import dev.sightline.tsdb.head.Head;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// Writes samples of any age: those of times that the head still takes go there, older ones are
/// gathered by ranges of two hours and become blocks, which are joined with those that are there.
final class Backfill implements SeriesBackfill {
  private static final int BATCH_SAMPLES = 5_000;
  private static final int GATHERED_SAMPLES = 1_000_000;

  private final Head head;
  private final Maintenance maintenance;
  private final SampleBatch batch = new SampleBatch();
  private final TreeMap<Long, Map<Labels, GatheredSeries>> byRange = new TreeMap<>();
  private final long closedBeforeMs;
  private final long earliestMs;
  private int gathered;
  private long stored;
  private long refused;
  private String firstProblem = "";

  Backfill(Head head, Maintenance maintenance) {
    this.head = head;
    this.maintenance = maintenance;
    this.closedBeforeMs = maintenance.closeOldRanges();
    this.earliestMs = maintenance.earliestKeptMs();
  }

  @Override
  public void add(Labels labels, long timestampMs, double value) {
    if (timestampMs < earliestMs) {
      refuse(1, "sample of " + labels + " at " + timestampMs + " is older than the retention");
    } else if (timestampMs >= closedBeforeMs) {
      batch.add(labels, timestampMs, value);
      if (batch.size() == BATCH_SAMPLES) {
        append();
      }
    } else {
      gather(labels, timestampMs, value);
    }
  }

  private void gather(Labels labels, long timestampMs, double value) {
    String problem = head.problemOf(labels);
    if (problem != null) {
      refuse(1, "sample of " + labels + ": " + problem);
      return;
    }
    byRange
        .computeIfAbsent(ChunkSpan.rangeEndMs(timestampMs), _ -> new HashMap<>())
        .computeIfAbsent(labels, GatheredSeries::new)
        .add(timestampMs, value);
    stored++;
    gathered++;
    if (gathered == GATHERED_SAMPLES) {
      writeBlocks();
    }
  }

  private void append() {
    SeriesSink.Outcome outcome = head.appendOfAnyAge(batch);
    stored += outcome.stored();
    if (outcome.refusedCount() > 0) {
      refuse(outcome.refusedCount(), outcome.refused().getFirst().message());
    }
    batch.clear();
  }

  private void refuse(long count, String problem) {
    refused += count;
    firstProblem = firstProblem.isEmpty() ? problem : firstProblem;
  }

  private void writeBlocks() {
    try {
      while (!byRange.isEmpty()) {
        maintenance.writeBackfilled(byRange.firstKey(), byRange.firstEntry().getValue().values());
        byRange.pollFirstEntry();
      }
      gathered = 0;
    } catch (StorageException failure) {
      throw new StoreUnavailableException(
          "cannot write what was sent: " + failure.reason(), failure);
    }
  }

  @Override
  public Outcome finish() {
    if (batch.size() > 0) {
      append();
    }
    writeBlocks();
    return new Outcome(stored, refused, firstProblem);
  }

  @Override
  public void close() {
    byRange.clear();
    batch.clear();
  }
}
