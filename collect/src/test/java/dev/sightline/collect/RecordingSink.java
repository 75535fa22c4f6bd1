package dev.sightline.collect;

import dev.sightline.model.label.Labels;
import dev.sightline.model.series.SampleBatch;
import dev.sightline.model.series.SeriesSink;
import dev.sightline.model.series.Staleness;
import dev.sightline.model.store.StoreUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/// A store that keeps every sample as text, for tests to look at.
public final class RecordingSink implements SeriesSink {
  public boolean full;
  private final Map<Labels, StringBuilder> written = new TreeMap<>();

  @Override
  public synchronized Outcome append(SampleBatch batch, Durability durability) {
    if (full) {
      throw new StoreUnavailableException("the disk is full", new IOException("no space"));
    }
    for (int i = 0; i < batch.size(); i++) {
      double value = batch.value(i);
      written
          .computeIfAbsent(batch.labels(i), _ -> new StringBuilder())
          .append(' ')
          .append(batch.timestampMs(i))
          .append('=')
          .append(Staleness.isMarker(value) ? "stale" : String.valueOf(value));
    }
    notifyAll();
    return new Outcome(batch.size(), List.of(), 0);
  }

  /// Waits until the one series of that name has so many samples.
  public void awaitSamples(String name, int count, Duration limit) throws InterruptedException {
    await(
        () ->
            of(name).stream().mapToInt(series -> series.split(" [0-9]+=").length - 1).sum()
                >= count,
        limit,
        name);
  }

  /// Waits until there are so many series of that name.
  public void awaitSeries(String name, int count, Duration limit) throws InterruptedException {
    await(() -> of(name).size() >= count, limit, name);
  }

  private synchronized void await(BooleanSupplier reached, Duration limit, String name)
      throws InterruptedException {
    long deadlineNs = System.nanoTime() + limit.toNanos();
    while (!reached.getAsBoolean()) {
      long leftMs = (deadlineNs - System.nanoTime()) / 1_000_000;
      if (leftMs <= 0) {
        throw new AssertionError("after " + limit + " " + name + " is " + of(name));
      }
      wait(leftMs);
    }
  }

  /// The series of one name, each as `{labels} time=value time=value …`.
  public synchronized List<String> of(String name) {
    List<String> found = new ArrayList<>();
    written.forEach(
        (labels, samples) -> {
          if (name.equals(labels.metricName())) {
            found.add(labels + samples.toString());
          }
        });
    return found;
  }

  /// The samples of the one series of that name.
  public synchronized String samplesOf(String name) {
    List<String> found = of(name);
    if (found.size() != 1) {
      throw new AssertionError(name + " has " + found.size() + " series: " + found);
    }
    return found.getFirst().substring(found.getFirst().lastIndexOf('}') + 2);
  }

  public synchronized List<Labels> series() {
    return List.copyOf(written.keySet());
  }
}
