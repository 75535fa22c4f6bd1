package dev.sightline.demo.traffic;

import dev.sightline.demo.client.ModelClient;
import dev.sightline.demo.client.WatchedModel;
import dev.sightline.model.time.SystemClock;

/// A little traffic in the background, so that a demo has something to watch: two calls a second,
/// none of which fails, until it is closed.
public final class CalmTraffic implements AutoCloseable {
  private final ModelClient client;
  private final TrafficRun run;
  private final Thread thread;

  private CalmTraffic(WatchedModel model) {
    this.client = new ModelClient(model);
    this.run = new TrafficRun(TrafficOptions.calm(model), new SystemClock(), client);
    this.thread = Thread.ofVirtual().name("demo-traffic").start(this::send);
  }

  public static CalmTraffic start(WatchedModel model) {
    return new CalmTraffic(model);
  }

  /// What came of it so far.
  public TrafficSummary summary() {
    return run.summary();
  }

  /// No call starts after it; those under way are given up.
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    client.close();
  }

  private void send() {
    try {
      run.run();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
