package dev.sightline.quality.monitor;

import dev.sightline.model.prediction.PredictionSource.ModelSummary;
import dev.sightline.model.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Says when something that is made of a model's rows has to be made anew: when rows may have come
/// or gone, and at most a twentieth of the time. Used by one thread.
public final class Freshness {
  /// Rows leave a window without anything else changing; so often it is looked at in any case.
  private static final Duration KEPT = Duration.ofMinutes(2);

  private static final int REST = 20;

  private final Clock clock;
  private @Nullable ModelSummary seen;
  private @Nullable Object settings;
  private long madeNs;
  private long costNs;

  public Freshness(Clock clock) {
    this.clock = clock;
  }

  /// @param settings with which it would be made now
  public boolean isDue(ModelSummary model, Object settings) {
    if (seen == null || !Objects.equals(this.settings, settings)) {
      return true;
    }
    long restedNs = clock.monotonicNs() - madeNs;
    return restedNs >= REST * costNs && (!model.equals(seen) || restedNs >= KEPT.toNanos());
  }

  /// It was made, by work that began at a monotonic time.
  public void made(ModelSummary model, Object settings, long startNs) {
    seen = model;
    this.settings = settings;
    madeNs = clock.monotonicNs();
    costNs = Math.max(0, madeNs - startNs);
  }
}
