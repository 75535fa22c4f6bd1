package dev.sightline.demo.traffic;

import dev.sightline.demo.client.TruthReceipt;
import java.time.Duration;
import java.util.Locale;

/// What came of some traffic.
///
/// @param elapsed since it began
/// @param sent calls; each is in one of `ok`, `failed`, `unanswered`, or still under way
/// @param ok answered with a status below 400
/// @param failed answered with another
/// @param unanswered because the gateway was not reached, or closed the connection
/// @param skipped calls that were due and not sent: too many others were under way, or the process
///   was held up
/// @param problem why calls were unanswered, the latest; or empty
/// @param latency of answered calls, from when they were due
/// @param truths what the server made of those that were reported
/// @param judged predictions whose truth is known here, whether or not it was reported
/// @param right how many of them were right
public record TrafficSummary(
    Duration elapsed,
    long sent,
    long ok,
    long failed,
    long unanswered,
    long skipped,
    String problem,
    Latency latency,
    TruthReceipt truths,
    long judged,
    long right) {
  /// Quantiles in milliseconds; NaN without calls.
  public record Latency(double p50Ms, double p95Ms, double p99Ms) {}

  /// One line, for while the traffic runs.
  String line() {
    return String.format(
        Locale.ROOT,
        "%4d s  %d sent, %d ok, %d failed, %d unanswered%s  %d truths",
        elapsed.toSeconds(),
        sent,
        ok,
        failed,
        unanswered,
        isAnswered()
            ? "  p50 %s ms, p99 %s ms"
                .formatted(oneDigit(latency.p50Ms()), oneDigit(latency.p99Ms()))
            : "",
        truths.taken());
  }

  /// Several lines, for the end.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    row(text, "calls", sent + " in " + oneDigit(elapsed.toMillis() / 1_000.0) + " s");
    row(text, "ok", share(ok, sent));
    row(text, "failed", share(failed, sent));
    if (unanswered > 0) {
      row(text, "unanswered", unanswered + ", such as: " + problem);
    }
    if (skipped > 0) {
      row(text, "skipped", skipped + ": they fell due faster than they could be sent");
    }
    if (isAnswered()) {
      row(text, "p50", oneDigit(latency.p50Ms()) + " ms");
      row(text, "p95", oneDigit(latency.p95Ms()) + " ms");
      row(text, "p99", oneDigit(latency.p99Ms()) + " ms");
    }
    row(text, "truths", truths.taken() + ", of which " + truths.waiting() + " still wait");
    long lost = truths.rejected() + truths.unsent();
    if (lost > 0) {
      row(text, "not taken", lost + " truths, such as: " + truths.problem());
    }
    if (judged > 0) {
      row(
          text,
          "right",
          share(right, judged) + " of " + judged + " predictions with a known truth");
    }
    return text.toString();
  }

  /// Whether there is anything to say of how long answers took.
  private boolean isAnswered() {
    return ok + failed > 0;
  }

  private static String share(long part, long whole) {
    double percent = whole == 0 ? 0 : 100.0 * part / whole;
    return part + " (" + oneDigit(percent) + " %)";
  }

  private static String oneDigit(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static void row(StringBuilder text, String name, String value) {
    text.append(String.format(Locale.ROOT, "%-12s%s%n", name, value));
  }
}
