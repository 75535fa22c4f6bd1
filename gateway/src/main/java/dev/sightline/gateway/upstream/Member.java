package dev.sightline.gateway.upstream;

import dev.sightline.gateway.config.HealthCheck;
import dev.sightline.gateway.config.Upstream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// One server of a fleet: how many calls it has, and whether it gets more.
public final class Member {
  private final Upstream upstream;
  private final HealthCheck health;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicBoolean checking = new AtomicBoolean();
  private volatile boolean up = true;

  // guarded by this
  private int failures;
  private int successes;

  Member(Upstream upstream, HealthCheck health) {
    this.upstream = upstream;
    this.health = health;
  }

  public Upstream upstream() {
    return upstream;
  }

  public boolean isUp() {
    return up;
  }

  public void callBegins() {
    inFlight.incrementAndGet();
  }

  public void callEnds() {
    inFlight.decrementAndGet();
  }

  /// Calls for its weight, with one more.
  double load() {
    return (inFlight.get() + 1.0) / upstream.weight();
  }

  /// @return whether a check may begin: a server that is slow gets no second one beside the first
  boolean checkBegins() {
    return checking.compareAndSet(false, true);
  }

  void checkEnds(boolean well) {
    if (well) {
      succeeded();
    } else {
      failed();
    }
    checking.set(false);
  }

  /// It answered a check as it should.
  public synchronized void succeeded() {
    failures = 0;
    successes++;
    if (successes >= health.successes()) {
      up = true;
    }
  }

  /// It failed a check, or took no connection.
  public synchronized void failed() {
    successes = 0;
    failures++;
    if (failures >= health.failures()) {
      up = false;
    }
  }
}
