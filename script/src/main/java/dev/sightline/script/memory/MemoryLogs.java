package dev.sightline.script.memory;

import dev.sightline.model.label.CodePointOrder;
import dev.sightline.model.label.Labels;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.log.LogArrivals;
import dev.sightline.model.log.LogBatch;
import dev.sightline.model.log.LogCursor;
import dev.sightline.model.log.LogSink;
import dev.sightline.model.log.LogSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

/// Log lines in memory: the smallest store there is, for tests of what reads and writes logs.
public final class MemoryLogs implements LogSource, LogSink, LogArrivals {
  // guarded by this
  private final Map<Labels, List<Entry>> entriesByStream = new TreeMap<>();

  private final CopyOnWriteArrayList<MemoryFollower> followers = new CopyOnWriteArrayList<>();

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Entry(long timestampNs, byte[] line, Labels metadata) {}

  @Override
  public synchronized Outcome append(LogBatch batch) {
    for (int i = 0; i < batch.size(); i++) {
      entriesByStream
          .computeIfAbsent(batch.stream(i), _ -> new ArrayList<>())
          .add(new Entry(batch.timestampNs(i), batch.line(i), batch.metadata(i)));
    }
    followers.forEach(follower -> follower.offer(batch));
    return new Outcome(batch.size(), List.of(), 0);
  }

  @Override
  public Follower follow(List<Matcher> matchers) {
    MemoryFollower follower = new MemoryFollower(matchers, followers::remove);
    followers.add(follower);
    return follower;
  }

  public synchronized void clear() {
    entriesByStream.clear();
  }

  @Override
  public synchronized Selection select(Request request) {
    List<Found> found = new ArrayList<>();
    entriesByStream.forEach(
        (labels, entries) -> {
          if (matches(labels, request.matchers())) {
            List<Entry> inRange = inRange(entries, request.startNs(), request.endNs());
            if (!inRange.isEmpty()) {
              boolean backward = request.direction() == Direction.BACKWARD;
              found.add(new Found(labels, backward ? inRange.reversed() : inRange));
            }
          }
        });
    return new FoundStreams(found);
  }

  private static List<Entry> inRange(List<Entry> entries, long startNs, long endNs) {
    return entries.stream()
        .filter(entry -> entry.timestampNs >= startNs && entry.timestampNs < endNs)
        .sorted(Comparator.comparingLong(Entry::timestampNs))
        .toList();
  }

  @Override
  public List<Labels> streams(List<Matcher> matchers, long startNs, long endNs) {
    Request request = new Request(matchers, startNs, endNs, Direction.FORWARD, List.of());
    try (Selection selection = select(request)) {
      List<Labels> labels = new ArrayList<>();
      selection.streams().forEach(stream -> labels.add(stream.labels()));
      return labels;
    }
  }

  @Override
  public List<String> labelNames(List<Matcher> matchers, long startNs, long endNs) {
    TreeSet<String> names = new TreeSet<>(CodePointOrder::compare);
    streams(matchers, startNs, endNs).forEach(labels -> names.addAll(labels.toMap().keySet()));
    return List.copyOf(names);
  }

  @Override
  public List<String> labelValues(String name, List<Matcher> matchers, long startNs, long endNs) {
    TreeSet<String> values = new TreeSet<>(CodePointOrder::compare);
    for (Labels labels : streams(matchers, startNs, endNs)) {
      if (labels.has(name)) {
        values.add(labels.get(name));
      }
    }
    return List.copyOf(values);
  }

  static boolean matches(Labels labels, List<Matcher> matchers) {
    return matchers.stream().allMatch(matcher -> matcher.matches(labels.get(matcher.name())));
  }

  private record FoundStreams(List<Found> streams) implements Selection {
    @Override
    public void close() {}
  }

  private record Found(Labels labels, List<Entry> entries) implements SelectedStream {
    @Override
    public LogCursor read() {
      return new Walk(entries);
    }
  }

  private static final class Walk implements LogCursor {
    private final List<Entry> entries;
    private int at = -1;

    Walk(List<Entry> entries) {
      this.entries = entries;
    }

    @Override
    public boolean next() {
      at = Math.min(at + 1, entries.size());
      return at < entries.size();
    }

    @Override
    public long timestampNs() {
      return entries.get(at).timestampNs;
    }

    @Override
    public byte[] bytes() {
      return entries.get(at).line;
    }

    @Override
    public int lineStart() {
      return 0;
    }

    @Override
    public int lineEnd() {
      return entries.get(at).line.length;
    }

    @Override
    public Labels metadata() {
      return entries.get(at).metadata;
    }
  }
}
