package dev.sightline.alerting;

import dev.sightline.model.label.Labels;
import org.jspecify.annotations.Nullable;

/// What is wrong now, or was until it resolved: what a rule, or another sender, says to those who
/// route and notify.
///
/// @param labels which alert it is; `alertname` among them
/// @param annotations texts for people, by name
/// @param startsAtMs Unix milliseconds; when it began to fire
/// @param endsAtMs when it ended; in the future, until when this word of it holds
/// @param generatorUrl where to look at what raised it; empty if unknown
/// @param expression what raised it; null if the sender does not say
/// @param value of the expression at the last evaluation; null if the sender does not say
public record Alert(
    Labels labels,
    Labels annotations,
    long startsAtMs,
    long endsAtMs,
    String generatorUrl,
    @Nullable String expression,
    @Nullable Double value) {
  /// @param nowMs Unix milliseconds
  public boolean isResolvedAt(long nowMs) {
    return endsAtMs <= nowMs;
  }

  public String name() {
    return labels.get("alertname");
  }
}
