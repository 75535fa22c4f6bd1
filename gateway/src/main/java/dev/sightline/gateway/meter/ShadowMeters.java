package dev.sightline.gateway.meter;

import dev.sightline.gateway.config.UpstreamModel;
import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;

/// The series about how the answers of shadows compare with those that clients got.
public final class ShadowMeters {
  /// Numbers this close, in proportion, are the same answer.
  private static final double SAME = 1e-6;

  private final MeterRegistry registry;
  private final Clock clock;
  private final ConcurrentHashMap<Labels, Pair> pairs = new ConcurrentHashMap<>();

  /// What became of the copy of a call.
  public enum Outcome {
    /// The shadow answered, and the answer was compared.
    ANSWERED,
    /// Too many copies were under way already.
    BUSY,
    /// The shadow could not be reached, was too slow, or answered too much or with an error.
    FAILED,
    /// Its answer could not be read, or had other rows.
    UNREADABLE
  }

  private record Pair(LastMinute agreement, LastMinute difference) {}

  public ShadowMeters(MeterRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
  }

  public void ended(UpstreamModel shadow, Outcome outcome) {
    registry
        .counter(
            "sightline_gateway_shadow_calls_total",
            "Scoring calls that were to be copied to a shadow, by what became of the copy.",
            Labels.of("outcome", outcome.name().toLowerCase(Locale.ROOT), "shadow", shadow.name()))
        .increment();
  }

  /// @param answered what the client got, row by row
  /// @param shadowed what the shadow answered, row by row
  public void compared(List<Prediction> answered, List<Prediction> shadowed) {
    for (int i = 0; i < answered.size(); i++) {
      compared(answered.get(i), shadowed.get(i));
    }
  }

  private void compared(Prediction answered, Prediction shadowed) {
    Labels labels =
        Labels.of(
            "model",
            answered.model(),
            "shadow",
            shadowed.model(),
            "shadow_version",
            shadowed.version(),
            "version",
            answered.version());
    Pair pair = pairs.computeIfAbsent(labels, this::newPair);
    boolean agreed = isSame(answered.output(), shadowed.output());
    pair.agreement.add(agreed ? 1 : 0);
    registry
        .counter(
            "model_shadow_rows_total",
            "Rows that the model and its shadow answered, by whether the same.",
            labels.with("outcome", agreed ? "agreed" : "differed"))
        .increment();
    if (answered.output() instanceof Datum.Amount(double ours)
        && shadowed.output() instanceof Datum.Amount(double theirs)) {
      pair.difference.add(Math.abs(ours - theirs));
    }
  }

  private Pair newPair(Labels labels) {
    Pair pair = new Pair(new LastMinute(clock), new LastMinute(clock));
    registry.gauge(
        "model_shadow_agreement",
        "Share of the rows of the last 60 seconds that the shadow answered like the model.",
        labels,
        pair.agreement::mean);
    registry.gauge(
        "model_shadow_difference",
        "Mean absolute difference of the numbers of the last 60 seconds.",
        labels,
        pair.difference::mean);
    return pair;
  }

  private static boolean isSame(Datum answered, Datum shadowed) {
    if (answered instanceof Datum.Amount(double ours)
        && shadowed instanceof Datum.Amount(double theirs)) {
      double largest = Math.max(Math.abs(ours), Math.abs(theirs));
      return ours == theirs || Math.abs(ours - theirs) <= SAME * largest;
    }
    return answered.equals(shadowed);
  }
}
