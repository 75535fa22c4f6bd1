package dev.sightline.gateway.meter;

import dev.sightline.gateway.capture.CallRecord;
import dev.sightline.gateway.capture.Generated;
import dev.sightline.gateway.config.UpstreamModel;
import dev.sightline.gateway.route.Routes;
import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.Counter;
import dev.sightline.model.meter.Gauge;
import dev.sightline.model.meter.Histogram;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.time.Clock;
import dev.sightline.wire.serving.ModelOutput;
import dev.sightline.wire.serving.ScoringPath;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The series about one version of one model.
///
/// Bounds of the histograms: seconds are those of Python's client, which dashboards of such
/// services are drawn for, with finer ones below 5 ms and longer ones above 10 s; sizes rise by
/// four from 64 bytes to 1 GiB; confidences are tenths, with 0.95 and 0.99 where it matters.
public final class ModelMeters {
  /// Distinct predictions that are counted by name; all further ones are counted as `other`.
  public static final int MAX_PREDICTIONS = 100;

  /// There are 249; clients that invent others are counted as `other`.
  private static final int MAX_COUNTRIES = 300;

  private static final int MAX_PREDICTION_LENGTH = 200;
  private static final List<Double> SECONDS =
      List.of(
          0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5,
          10.0, 30.0, 60.0, 300.0);
  private static final List<Double> BYTES =
      List.of(
          64.0,
          256.0,
          1024.0,
          4096.0,
          16384.0,
          65536.0,
          262144.0,
          1048576.0,
          4194304.0,
          16777216.0,
          67108864.0,
          268435456.0,
          1073741824.0);
  private static final List<Double> CONFIDENCES =
      List.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0);

  private final MeterRegistry registry;
  private final Labels labels;
  private final boolean classes;
  private final Gauge active;
  private final Counter success;
  private final Counter failure;
  private final Histogram inference;
  private final Histogram confidence;
  private final LastMinute calls;
  private final LastMinute confidences;
  private final ConcurrentHashMap<CallKey, CallMeters> byCall = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Counter> byCountry = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Counter> byPrediction = new ConcurrentHashMap<>();

  private final @Nullable GenerationMeters generation;

  private volatile boolean labelSeen;
  private volatile boolean certaintySeen;

  private record CallKey(String method, String endpoint, int status) {}

  private record CallMeters(
      Counter requests, Histogram duration, Histogram requestSize, Histogram responseSize) {}

  public ModelMeters(MeterRegistry registry, Clock clock, UpstreamModel model) {
    this.registry = registry;
    this.labels = Labels.of("model", model.name(), "version", model.version());
    this.classes = model.task() == UpstreamModel.Task.CLASSIFICATION;
    this.active = registry.gauge("active_requests", "Calls in flight.", labels);
    this.success =
        registry.counter("prediction_success_total", "Scoring calls that succeeded.", labels);
    this.failure =
        registry.counter("prediction_failure_total", "Scoring calls that failed.", labels);
    this.inference =
        registry.histogram(
            "model_inference_duration_seconds",
            "Time until the model's answer was complete, for scoring calls that it answered.",
            SECONDS,
            labels);
    this.confidence =
        registry.histogram(
            "model_prediction_confidence", "Confidence of predictions.", CONFIDENCES, labels);
    this.generation =
        model.task() == UpstreamModel.Task.GENERATION
            ? new GenerationMeters(registry, SECONDS, labels)
            : null;
    this.calls = new LastMinute(clock);
    this.confidences = new LastMinute(clock);
    registry.gauge(
        "http_requests_throughput",
        "Calls per second over the last 60 seconds.",
        labels,
        calls::perSecond);
    registry.gauge(
        "model_confidence_score",
        "Mean confidence of the predictions of the last 60 seconds.",
        labels,
        confidences::mean);
    for (int status : List.of(200, 500)) {
      for (String endpoint : ScoringPath.endpoints(model.reader().protocol())) {
        callMeters(new CallKey("POST", endpoint, status));
      }
    }
  }

  public void begin() {
    active.add(1);
  }

  public void end(CallRecord call) {
    active.add(-1);
    calls.add(1);
    CallMeters meters = callMeters(keyOf(call));
    meters.requests.increment();
    meters.duration.observe(call.secondsUntilNow());
    meters.requestSize.observe((double) call.requestBytes());
    meters.responseSize.observe((double) call.responseBytes());
    if (!call.country().isEmpty()) {
      country(call.country()).increment();
    }
    if (call.target().scoring()) {
      (call.isSuccess() ? success : failure).increment();
      if (call.inferenceSeconds() >= 0) {
        inference.observe(call.inferenceSeconds());
      }
    }
  }

  public void predicted(ModelOutput output) {
    labelSeen = true;
    certaintySeen |= output.confidence() != null || !output.probabilities().isEmpty();
    Double certainty = output.confidence();
    if (certainty != null) {
      confidence.observe(certainty);
      confidences.add(certainty);
    }
    String prediction = classes ? output.className() : "";
    predictions(prediction == null ? Routes.OTHER : prediction).increment();
  }

  /// Whether a classifier has answered, and never with a probability.
  boolean isLabelsOnly() {
    return classes && labelSeen && !certaintySeen;
  }

  /// Of a model whose task is to generate texts; of others, nothing is counted.
  public void generated(Generated text) {
    if (generation != null) {
      generation.generated(text);
    }
  }

  private static CallKey keyOf(CallRecord call) {
    String method =
        switch (call.method()) {
          case "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS" -> call.method();
          default -> "OTHER";
        };
    return new CallKey(method, call.target().endpoint(), call.status());
  }

  private CallMeters callMeters(CallKey key) {
    CallMeters known = byCall.get(key);
    return known != null ? known : byCall.computeIfAbsent(key, this::newCallMeters);
  }

  private CallMeters newCallMeters(CallKey key) {
    Labels path = labels.with("method", key.method).with("endpoint", key.endpoint);
    Labels answer = path.with("status", Integer.toString(key.status));
    return new CallMeters(
        registry.counter("http_requests_total", "Calls that are over, by status.", answer),
        registry.histogram(
            "http_request_duration_seconds", "Time from request to response.", SECONDS, answer),
        registry.histogram(
            "http_request_size_bytes", "Size of the body that was sent.", BYTES, path),
        registry.histogram(
            "http_response_size_bytes", "Size of the body that came back.", BYTES, path));
  }

  private Counter country(String country) {
    Counter known = byCountry.get(country);
    if (known != null) {
      return known;
    }
    String name = byCountry.size() < MAX_COUNTRIES ? country : Routes.OTHER;
    return byCountry.computeIfAbsent(
        name,
        value ->
            registry.counter(
                "http_requests_by_country_total",
                "Calls that are over, by the country they come from.",
                labels.with("country", value)));
  }

  private Counter predictions(String prediction) {
    Counter known = byPrediction.get(prediction);
    if (known != null) {
      return known;
    }
    boolean fits =
        byPrediction.size() < MAX_PREDICTIONS && prediction.length() <= MAX_PREDICTION_LENGTH;
    String name = fits ? prediction : Routes.OTHER;
    return byPrediction.computeIfAbsent(
        name,
        value ->
            registry.counter(
                "model_predictions_total",
                "Predictions, by class.",
                labels.with("prediction", value)));
  }
}
