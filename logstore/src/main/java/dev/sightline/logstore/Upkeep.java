package dev.sightline.logstore;

import dev.sightline.logstore.head.Head;
import dev.sightline.model.time.Clock;
import dev.sightline.model.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What the store does by itself: cuts a head that is large or old, and tidies its blocks.
final class Upkeep implements AutoCloseable {
  private static final Duration CUT_PERIOD = Duration.ofSeconds(1);
  private static final Duration TIDY_PERIOD = Duration.ofMinutes(10);

  private final LogStoreOptions options;
  private final Clock clock;
  private final PartsHolder parts;
  private final Cutter cutter;
  private final Tidying tidying;
  private final List<Scheduler.Repeating> repeating = new ArrayList<>();

  Upkeep(LogStoreOptions options, Clock clock, PartsHolder parts, Cutter cutter, Tidying tidying) {
    this.options = options;
    this.clock = clock;
    this.parts = parts;
    this.cutter = cutter;
    this.tidying = tidying;
  }

  void start(Scheduler scheduler) {
    repeating.add(scheduler.every("cut of logs", CUT_PERIOD, CUT_PERIOD, this::cutIfDue));
    repeating.add(scheduler.every("tidying of logs", TIDY_PERIOD, TIDY_PERIOD, this::tidy));
  }

  private void cutIfDue() {
    Head active = parts.now().active();
    long nowMs = clock.nowMs();
    boolean isOld =
        !active.isEmpty() && nowMs - active.firstArrivalMs() >= options.headAge().toMillis();
    if (isOld || active.bytes() >= options.headBytes() || parts.now().frozen() != null) {
      cutter.cut(nowMs);
    }
  }

  /// One at a time: blocks are replaced by nobody else.
  synchronized void tidy() {
    tidying.run();
  }

  @Override
  public void close() {
    repeating.forEach(Scheduler.Repeating::close);
  }
}
