package dev.sightline.demo.traffic;

import dev.sightline.demo.client.CallOutcome;
import dev.sightline.demo.client.CallOutcome.Answered;
import dev.sightline.demo.client.CallOutcome.Unanswered;
import dev.sightline.demo.client.TruthReceipt;
import java.time.Duration;

/// Counts what becomes of the calls of a run. Safe for any number of threads.
final class Tally {
  private final LatencyHistogram latencies = new LatencyHistogram();
  // guarded by this
  private long sent;
  private long ok;
  private long failed;
  private long unanswered;
  private long skipped;
  private String problem = "";
  private TruthReceipt truths = TruthReceipt.NONE;
  private long judged;
  private long right;

  synchronized void sent() {
    sent++;
  }

  synchronized void skipped() {
    skipped++;
  }

  void ended(CallOutcome outcome, long latencyNs) {
    switch (outcome) {
      case Answered answer -> {
        latencies.add(latencyNs);
        answered(answer.status());
      }
      case Unanswered(String reason) -> unanswered(reason);
    }
  }

  synchronized void judged(boolean asExpected) {
    judged++;
    right += asExpected ? 1 : 0;
  }

  synchronized void reported(TruthReceipt receipt) {
    truths = truths.plus(receipt);
  }

  synchronized TrafficSummary summary(Duration elapsed) {
    var latency =
        new TrafficSummary.Latency(
            latencies.quantileMs(0.5), latencies.quantileMs(0.95), latencies.quantileMs(0.99));
    return new TrafficSummary(
        elapsed, sent, ok, failed, unanswered, skipped, problem, latency, truths, judged, right);
  }

  private synchronized void answered(int status) {
    if (status < 400) {
      ok++;
    } else {
      failed++;
    }
  }

  private synchronized void unanswered(String reason) {
    unanswered++;
    problem = reason;
  }
}
