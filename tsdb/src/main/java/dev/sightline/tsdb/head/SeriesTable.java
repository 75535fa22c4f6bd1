package dev.sightline.tsdb.head;

import dev.sightline.model.label.Label;
import dev.sightline.model.label.Labels;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.series.SeriesKeeping.HeadFacts;
import dev.sightline.tsdb.index.GrowingIndex;
import dev.sightline.tsdb.index.MatcherPostings;
import dev.sightline.tsdb.index.Postings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The series of the head, found by their labels or by matchers.
///
/// The thread that holds the head's lock adds and removes; any number of threads read.
final class SeriesTable {
  private static final int PART_SIZE = 4096;

  private final ConcurrentHashMap<Labels, HeadSeries> byLabels = new ConcurrentHashMap<>();
  private volatile Generation generation = new Generation();

  @Nullable HeadSeries find(Labels labels) {
    return byLabels.get(labels);
  }

  int size() {
    return byLabels.size();
  }

  /// Labels made of texts that all series share; they are what a new series should hold.
  Labels share(Labels labels) {
    return generation.index.share(labels);
  }

  void add(HeadSeries series) {
    generation.add(series);
    byLabels.put(series.labels(), series);
  }

  /// Forgets a series that has ended; [#sweep] takes it out of the index.
  void remove(HeadSeries series) {
    byLabels.remove(series.labels(), series);
  }

  /// Calls with every series that satisfies the matchers, in no particular order; some may have
  /// ended.
  void select(Collection<Matcher> matchers, Consumer<HeadSeries> found) {
    Generation present = generation;
    Postings postings = MatcherPostings.of(present.index, matchers);
    for (int i = postings.next(); i != Postings.END; i = postings.next()) {
      found.accept(present.series[i]);
    }
  }

  /// All series that are there now, in parts of some thousands.
  List<List<HeadSeries>> parts() {
    Generation present = generation;
    int size = present.size;
    List<HeadSeries> all = Arrays.asList(present.series).subList(0, size);
    List<List<HeadSeries>> parts = new ArrayList<>();
    for (int i = 0; i < size; i += PART_SIZE) {
      parts.add(all.subList(i, Math.min(size, i + PART_SIZE)));
    }
    return parts;
  }

  Collection<String> labelNames() {
    return generation.index.names();
  }

  Collection<String> labelValues(String name) {
    return generation.index.values(name);
  }

  /// The label name with the most values, with their number, for messages.
  String widestLabel() {
    GrowingIndex index = generation.index;
    return index.names().stream()
        .max(Comparator.comparingInt(name -> index.values(name).size()))
        .map(name -> "label \"" + name + "\" has the most values: " + index.values(name).size())
        .orElse("");
  }

  /// @see Head#facts
  HeadFacts facts(int limit, long minMs, long maxMs) {
    Generation present = generation;
    GrowingIndex index = present.index;
    Top values = new Top(limit);
    Top bytes = new Top(limit);
    Top pairs = new Top(limit);
    Top metrics = new Top(limit);
    long pairCount = 0;
    for (String name : index.names()) {
      Collection<String> distinct = index.values(name);
      values.add(name, distinct.size());
      pairCount += distinct.size();
      long length = 0;
      for (String value : distinct) {
        int series = index.seriesWith(name, value);
        length += (long) (name.length() + value.length()) * series;
        pairs.add(name + "=" + value, series);
        if (name.equals(Label.METRIC_NAME)) {
          metrics.add(value, series);
        }
      }
      bytes.add(name, length);
    }
    long chunks = 0;
    for (int i = 0; i < present.size; i++) {
      chunks += present.series[i].chunkCount();
    }
    return new HeadFacts(
        size(),
        pairCount,
        chunks,
        minMs,
        maxMs,
        metrics.list(),
        values.list(),
        bytes.list(),
        pairs.list());
  }

  /// Builds the index anew from the series that have not ended. Called by one thread at a time; it
  /// takes the lock only for the series that came meanwhile.
  void sweep(Object headLock) {
    Generation old = generation;
    Generation fresh = new Generation();
    int copied = old.size;
    for (int i = 0; i < copied; i++) {
      fresh.addIfAlive(old.series[i]);
    }
    synchronized (headLock) {
      for (int i = copied; i < old.size; i++) {
        fresh.addIfAlive(old.series[i]);
      }
      generation = fresh;
    }
  }

  /// Series by the number that the index knows them by.
  private static final class Generation {
    private final GrowingIndex index = new GrowingIndex();
    private volatile HeadSeries[] series = new HeadSeries[1024];
    private volatile int size;

    void add(HeadSeries added) {
      int number = size;
      HeadSeries[] present = series;
      if (number == present.length) {
        present = Arrays.copyOf(present, number + (number >> 1));
        series = present;
      }
      present[number] = added;
      size = number + 1;
      index.add(added.labels());
    }

    void addIfAlive(HeadSeries moved) {
      if (!moved.ended()) {
        add(moved);
      }
    }
  }
}
