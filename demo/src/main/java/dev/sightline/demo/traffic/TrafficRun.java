package dev.sightline.demo.traffic;

import dev.sightline.demo.client.CallOutcome;
import dev.sightline.demo.client.CallOutcome.Answered;
import dev.sightline.demo.client.ModelClient;
import dev.sightline.demo.client.Truth;
import dev.sightline.demo.client.TruthReceipt;
import dev.sightline.model.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// One run of traffic: calls at their times, and the truths about their answers some seconds later.
///
/// The loop is open: a call starts when it is due, whether or not earlier ones have been answered,
/// and its latency counts from then. So a gateway that stalls is not asked more gently, and shows.
final class TrafficRun {
  private static final int MOST_UNDER_WAY = 512;
  private static final Duration TRUTH_PERIOD = Duration.ofMillis(250);

  /// A call that is later than this is left out: the process was stopped, or cannot keep up.
  private static final long LATEST_NS = TimeUnit.SECONDS.toNanos(1);

  private static final Duration LAST_ANSWERS = Duration.ofSeconds(30);

  private final TrafficOptions options;
  private final Clock clock;
  private final ModelClient client;
  private final TrafficPlan plan;
  private final Tally tally = new Tally();
  private final TruthQueue truths = new TruthQueue();
  private final Semaphore room = new Semaphore(MOST_UNDER_WAY);
  private final long startNs;
  private volatile boolean allTruthsKnown;

  TrafficRun(TrafficOptions options, Clock clock, ModelClient client) {
    this.options = options;
    this.clock = clock;
    this.client = client;
    this.plan = new TrafficPlan(options);
    this.startNs = clock.monotonicNs();
  }

  TrafficSummary summary() {
    return tally.summary(Duration.ofNanos(clock.monotonicNs() - startNs));
  }

  /// Returns when every call was answered and every truth was reported.
  ///
  /// @throws InterruptedException at once when interrupted; calls may then be under way
  void run() throws InterruptedException {
    Thread reporter = Thread.ofVirtual().name("demo-truths").start(this::reportTruths);
    try {
      sendCalls();
      room.tryAcquire(MOST_UNDER_WAY, LAST_ANSWERS.toMillis(), TimeUnit.MILLISECONDS);
      allTruthsKnown = true;
      reporter.join();
    } finally {
      reporter.interrupt();
    }
  }

  private void sendCalls() throws InterruptedException {
    double periodNs = 1e9 / options.ratePerSecond();
    long endNs = options.duration().toNanos();
    for (long number = 0; number * periodNs < endNs; number++) {
      long dueNs = startNs + (long) (number * periodNs);
      if (clock.monotonicNs() - dueNs > LATEST_NS) {
        tally.skipped();
      } else {
        sleepUntil(dueNs);
        start(plan.next(), dueNs);
      }
    }
  }

  private void sleepUntil(long dueNs) throws InterruptedException {
    long leftNs = dueNs - clock.monotonicNs();
    if (leftNs > 0) {
      Thread.sleep(Duration.ofNanos(leftNs));
    } else if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private void start(PlannedCall call, long dueNs) {
    if (!room.tryAcquire()) {
      tally.skipped();
      return;
    }
    tally.sent();
    Thread.ofVirtual().name("demo-call").start(() -> call(call, dueNs));
  }

  private void call(PlannedCall call, long dueNs) {
    try {
      CallOutcome outcome = client.call(call.body());
      long endNs = clock.monotonicNs();
      tally.ended(outcome, endNs - dueNs);
      if (outcome instanceof Answered answer && answer.status() < 400 && call.sentiment() != null) {
        learn(answer, call.sentiment(), call.truthDelay(), endNs);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      room.release();
    }
  }

  private void learn(Answered answer, String sentiment, @Nullable Duration truthDelay, long endNs) {
    String label = label(answer.body());
    if (label != null) {
      tally.judged(label.equals(sentiment));
    }
    if (truthDelay == null) {
      return;
    }
    if (answer.requestId() == null) {
      tally.reported(TruthReceipt.unsent(1, "the answers have no X-Request-Id"));
    } else if (!truths.add(
        new Truth(answer.requestId(), sentiment), endNs + truthDelay.toNanos())) {
      tally.reported(TruthReceipt.unsent(1, "too many truths wait to be reported"));
    }
  }

  private static @Nullable String label(byte[] body) {
    try {
      return JsonMapper.shared()
          .readTree(body)
          .path("predictions")
          .path(0)
          .path("label")
          .stringValue(null);
    } catch (JacksonException _) {
      return null;
    }
  }

  private void reportTruths() {
    try {
      while (!allTruthsKnown || !truths.isEmpty()) {
        List<Truth> batch = truths.due(clock.monotonicNs());
        if (batch.isEmpty()) {
          Thread.sleep(TRUTH_PERIOD);
        } else {
          tally.reported(client.report(batch));
        }
      }
    } catch (InterruptedException _) {
      // The run was interrupted: what is not reported yet stays so.
      Thread.currentThread().interrupt();
    }
  }
}
