package dev.sightline.tsdb.head;

import dev.sightline.model.label.Labels;
import dev.sightline.tsdb.chunk.JoinedCursor;
import dev.sightline.tsdb.chunk.MergedCursor;
import dev.sightline.tsdb.chunk.SampleCursor;
import dev.sightline.tsdb.chunk.StoredSeries;
import java.util.ArrayList;
import java.util.List;

/// The samples that one series had in the head at one moment.
public final class SeriesSnapshot implements StoredSeries {
  private final Labels labels;
  private final HeadChunk[] chunks;
  private final int chunkCount;
  private final int inLast;
  private final LateSamples late;
  private final long maxMs;

  SeriesSnapshot(
      Labels labels, HeadChunk[] chunks, int chunkCount, int inLast, LateSamples late, long maxMs) {
    this.labels = labels;
    this.chunks = chunks;
    this.chunkCount = chunkCount;
    this.inLast = inLast;
    this.late = late;
    this.maxMs = maxMs;
  }

  @Override
  public Labels labels() {
    return labels;
  }

  boolean isEmpty() {
    return chunkCount == 0 && late.isEmpty();
  }

  @Override
  public long minMs() {
    long first = chunkCount == 0 ? Long.MAX_VALUE : chunks[0].minMs();
    return late.isEmpty() ? first : Math.min(first, late.minMs());
  }

  @Override
  public long maxMs() {
    return maxMs;
  }

  @Override
  public SampleCursor cursor(long startMs, long endMs) {
    List<SampleCursor> inOrder = new ArrayList<>(chunkCount);
    for (int i = 0; i < chunkCount; i++) {
      boolean last = i == chunkCount - 1;
      long chunkMaxMs = last ? maxMs : chunks[i].maxMs();
      if (chunkMaxMs >= startMs && chunks[i].minMs() <= endMs) {
        inOrder.add(chunks[i].cursor(last ? inLast : chunks[i].count()));
      }
    }
    SampleCursor joined = new JoinedCursor(inOrder.iterator());
    return late.isEmpty() ? joined : new MergedCursor(List.of(joined, late.cursor()));
  }
}
