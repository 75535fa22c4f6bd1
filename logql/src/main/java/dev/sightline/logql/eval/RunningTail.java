package dev.sightline.logql.eval;

import dev.sightline.logql.ast.Expr;
import dev.sightline.logql.stage.Line;
import dev.sightline.logql.stage.Pipeline;
import dev.sightline.model.log.LogArrivals;
import dev.sightline.model.query.LogAnswer.Entry;
import dev.sightline.model.query.LogTails;
import dev.sightline.model.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One client that follows a log query.
final class RunningTail implements LogTails.Tail {
  /*
   * Lines that arrive while those that are there are read may be among both. A store keeps equal lines once, so an
   * entry that was shown is left out when it arrives, and not looked for again.
   */
  private static final int MOST_HELD = 50_000;

  private final LogArrivals.Follower follower;
  private final long delayMs;
  private final Clock clock;
  private final Pipeline pipeline;
  private final Line line = new Line(null);
  private final Set<Entry> shown = new HashSet<>();
  private final List<Held> held = new ArrayList<>();
  private @Nullable Supplier<List<Entry>> present;

  private record Held(long arrivedMs, Entry entry) {}

  /// @param present finds the lines that are there
  RunningTail(
      Expr.Lines lines,
      LogArrivals.Follower follower,
      Supplier<List<Entry>> present,
      long delayMs,
      Clock clock) {
    this.follower = follower;
    this.present = present;
    this.delayMs = delayMs;
    this.clock = clock;
    this.pipeline = new Pipeline(lines.pipeline());
  }

  @Override
  public LogTails.Piece next(Duration longest) throws InterruptedException {
    Supplier<List<Entry>> first = present;
    if (first != null) {
      present = null;
      List<Entry> entries = first.get();
      shown.addAll(entries);
      return new LogTails.Piece(entries, List.of());
    }
    LogArrivals.Arrived arrived = follower.poll(wait(longest));
    if (arrived != null) {
      take(arrived);
    }
    return new LogTails.Piece(ripe(), follower.lost());
  }

  private Duration wait(Duration longest) {
    if (held.isEmpty()) {
      return longest;
    }
    long untilRipeMs = held.getFirst().arrivedMs + delayMs - clock.nowMs();
    return Duration.ofMillis(Math.clamp(untilRipeMs, 0, longest.toMillis()));
  }

  private void take(LogArrivals.Arrived arrived) {
    long nowMs = clock.nowMs();
    while (arrived.next()) {
      line.reset(arrived.stream(), arrived);
      if (pipeline.apply(line)) {
        Entry entry = LineSearch.entry(line);
        if (!shown.remove(entry)) {
          held.add(new Held(nowMs, entry));
        }
      }
    }
  }

  /// What has waited long enough, with all that is not later than it.
  private List<Entry> ripe() {
    long oldestMs = held.size() > MOST_HELD ? Long.MAX_VALUE : clock.nowMs() - delayMs;
    long untilNs = Long.MIN_VALUE;
    for (Held one : held) {
      if (one.arrivedMs <= oldestMs) {
        untilNs = Math.max(untilNs, one.entry.timestampNs());
      }
    }
    List<Entry> ripe = new ArrayList<>();
    List<Held> kept = new ArrayList<>();
    for (Held one : held) {
      if (one.arrivedMs <= oldestMs || one.entry.timestampNs() <= untilNs) {
        ripe.add(one.entry);
      } else {
        kept.add(one);
      }
    }
    held.clear();
    held.addAll(kept);
    ripe.sort(Comparator.comparingLong(Entry::timestampNs));
    return ripe;
  }

  @Override
  public void close() {
    follower.close();
  }
}
