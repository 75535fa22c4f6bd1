package dev.sightline.gateway.meter;

import dev.sightline.gateway.capture.Generated;
import dev.sightline.gateway.route.Routes;
import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.Counter;
import dev.sightline.model.meter.Histogram;
import dev.sightline.model.meter.MeterRegistry;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The series about the texts that one version of one model generates.
public final class GenerationMeters {
  /// What servers say; anything else is counted as `other`.
  private static final Set<String> REASONS =
      Set.of("stop", "length", "tool_calls", "function_call", "content_filter", "abort", "error");

  private final MeterRegistry registry;
  private final Labels labels;
  private final Histogram firstToken;
  private final Counter promptTokens;
  private final Counter completionTokens;

  GenerationMeters(MeterRegistry registry, List<Double> seconds, Labels labels) {
    this.registry = registry;
    this.labels = labels;
    this.firstToken =
        registry.histogram(
            "model_time_to_first_token_seconds",
            "Time until the first piece of a streamed text.",
            seconds,
            labels);
    this.promptTokens = tokens("prompt");
    this.completionTokens = tokens("completion");
    finished("stop");
    finished("length");
  }

  void generated(Generated generated) {
    if (generated.firstTokenSeconds() >= 0) {
      firstToken.observe(generated.firstTokenSeconds());
    }
    add(promptTokens, generated.text().promptTokens());
    add(completionTokens, generated.text().completionTokens());
    String reason = generated.text().finishReason();
    if (!reason.isEmpty()) {
      finished(REASONS.contains(reason) ? reason : Routes.OTHER).increment();
    }
  }

  private static void add(Counter counter, @Nullable Long tokens) {
    if (tokens != null) {
      counter.add(tokens);
    }
  }

  private Counter tokens(String direction) {
    return registry.counter(
        "model_tokens_total",
        "Tokens, as the model's server counts them.",
        labels.with("direction", direction));
  }

  private Counter finished(String reason) {
    return registry.counter(
        "model_generations_total",
        "Generated texts, by why they ended.",
        labels.with("finish_reason", reason));
  }
}
