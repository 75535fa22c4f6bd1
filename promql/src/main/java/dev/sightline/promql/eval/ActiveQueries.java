package dev.sightline.promql.eval;

import dev.sightline.model.query.RunningQueries;
import dev.sightline.model.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The queries of one engine that are being evaluated.
final class ActiveQueries implements RunningQueries {
  private final Clock clock;
  private final AtomicLong lastId = new AtomicLong();
  private final Map<Long, Entry> entries = new ConcurrentHashMap<>();

  ActiveQueries(Clock clock) {
    this.clock = clock;
  }

  private record Entry(String query, long startedMs, Budget budget) {}

  /// @return the query's number
  long begin(String query, Budget budget) {
    long id = lastId.incrementAndGet();
    entries.put(id, new Entry(query, clock.nowMs(), budget));
    return id;
  }

  void finish(long id) {
    entries.remove(id);
  }

  @Override
  public List<Running> running() {
    return entries.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(
            entry ->
                new Running(entry.getKey(), entry.getValue().query(), entry.getValue().startedMs()))
        .toList();
  }

  @Override
  public boolean end(long id) {
    Entry entry = entries.get(id);
    if (entry == null) {
      return false;
    }
    entry.budget().end();
    return true;
  }
}
