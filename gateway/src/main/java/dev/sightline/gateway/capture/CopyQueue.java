package dev.sightline.gateway.capture;

import dev.sightline.gateway.config.GatewayLimits;
import dev.sightline.model.meter.MeterRegistry;
import java.util.Collection;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Copies of finished calls, waiting to be read. Never makes a call wait: a copy that finds no room
/// is dropped and counted, so that captured and dropped are together exactly the calls proxied.
public final class CopyQueue {
  private final GatewayLimits limits;
  private final CopyBudget budget;
  private final CaptureMeters meters;
  private final ArrayBlockingQueue<CallRecord> queue;
  private volatile boolean closed;

  public CopyQueue(GatewayLimits limits, MeterRegistry registry) {
    this.limits = limits;
    this.budget = new CopyBudget(limits.copiesBytes());
    this.meters = new CaptureMeters(registry, budget::usedBytes);
    this.queue = new ArrayBlockingQueue<>(limits.copiesWaiting());
  }

  public CallCopy newCopy(boolean wanted) {
    return new CallCopy(budget, limits.copyBytes(), wanted);
  }

  /// Takes over a finished call.
  public void offer(CallRecord call) {
    CallCopy copy = call.copy();
    if (closed) {
      copy.drop(DropReason.CLOSED);
    }
    DropReason dropped = copy.dropped();
    if (dropped == null && !queue.offer(call)) {
      dropped = DropReason.QUEUE_FULL;
      copy.drop(dropped);
    }
    meters.copied(dropped);
  }

  /// @return the oldest copy, or null if none came in time
  public @Nullable CallRecord poll(long waitMs) throws InterruptedException {
    return queue.poll(waitMs, TimeUnit.MILLISECONDS);
  }

  public void drainTo(Collection<CallRecord> into, int atMost) {
    queue.drainTo(into, atMost);
  }

  public boolean isEmpty() {
    return queue.isEmpty();
  }

  public void close() {
    closed = true;
  }
}
