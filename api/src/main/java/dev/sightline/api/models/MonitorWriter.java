package dev.sightline.api.models;

import dev.sightline.api.json.JsonWriter;
import dev.sightline.quality.watch.Judge;
import dev.sightline.quality.watch.Monitor;
import dev.sightline.quality.watch.Outcome;
import dev.sightline.quality.watch.Pace;
import dev.sightline.quality.watch.Target;
import dev.sightline.wire.yaml.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Writes monitors as JSON: what they were defined with, and what was found.
final class MonitorWriter {
  private MonitorWriter() {}

  /// @param newest null where nothing was found yet
  static void write(JsonWriter json, Monitor monitor, @Nullable Outcome newest) {
    json.beginObject().name("name").value(monitor.name());
    json.name("configured").value(monitor.configured());
    json.name("enabled").value(monitor.enabled()).name("definition");
    definition(json, monitor);
    if (newest != null) {
      json.name("last");
      write(json, newest);
    }
    json.endObject();
  }

  static void history(JsonWriter json, Monitor monitor, List<Outcome> outcomes) {
    json.beginObject().name("model").value(monitor.model()).name("monitor").value(monitor.name());
    json.name("outcomes").beginArray();
    outcomes.forEach(outcome -> write(json, outcome));
    json.endArray().endObject();
  }

  static void write(JsonWriter json, Outcome outcome) {
    json.beginObject().name("start").value(outcome.window().startMs());
    json.name("end").value(outcome.window().endMs()).name("n").value(outcome.n());
    number(json, "value", outcome.value());
    number(json, "lower", outcome.lower());
    number(json, "upper", outcome.upper());
    json.name("state").value(outcome.state().word());
    if (!outcome.text().isEmpty()) {
      json.name("text").value(outcome.text());
    }
    json.endObject();
  }

  private static void number(JsonWriter json, String name, double value) {
    if (Double.isFinite(value)) {
      json.name(name).value(value);
    }
  }

  /// As it can be sent again.
  private static void definition(JsonWriter json, Monitor monitor) {
    json.beginObject().name("kind").value(monitor.judge().kind());
    Target target = monitor.target();
    if (!(target instanceof Target.Others || target instanceof Target.Listed)) {
      json.name("measure").value(target.measure());
    }
    text(json, "feature", target.feature());
    String version = monitor.version();
    text(json, "version", version == null ? "" : version);
    text(json, "segment", monitor.segment());
    pace(json, monitor.pace());
    judge(json, monitor.judge());
    json.name("severity").value(monitor.severity()).name("min_n").value(monitor.minimumN());
    json.name("enabled").value(monitor.enabled());
    text(json, "description", monitor.description());
    json.endObject();
  }

  private static void text(JsonWriter json, String name, String text) {
    if (!text.isEmpty()) {
      json.name(name).value(text);
    }
  }

  private static void pace(JsonWriter json, Pace pace) {
    if (pace.isByCount()) {
      json.name("rows").value((long) pace.rows());
      json.name("every").value(duration(pace.every()));
    } else {
      json.name("window").value(pace.step().months() ? "month" : duration(pace.step().length()));
      if (pace.isSliding()) {
        json.name("every").value(duration(pace.every()));
      }
    }
    if (!pace.step().zone().getId().equals("UTC")) {
      json.name("timezone").value(pace.step().zone().getId());
    }
    if (!pace.delay().isZero()) {
      json.name("delay").value(duration(pace.delay()));
    }
  }

  private static String duration(Duration duration) {
    return DurationText.format(duration);
  }

  private static void judge(JsonWriter json, Judge judge) {
    switch (judge) {
      case Judge.Fixed(Double lower, Double upper) -> {
        number(json, "lower", lower == null ? Double.NaN : lower);
        number(json, "upper", upper == null ? Double.NaN : upper);
      }
      case Judge.Change change -> {
        json.name("by").value(change.by()).name("relative").value(change.relative());
        json.name("direction").value(change.direction().word());
        json.name("windows").value((long) change.windows());
        text(json, "reference", change.reference());
      }
      case Judge.Deviation(double factor, Judge.Direction direction, int windows) ->
          json.name("factor")
              .value(factor)
              .name("direction")
              .value(direction.word())
              .name("windows")
              .value((long) windows);
      case Judge.Percentile(double outside, Judge.Direction direction, int windows) ->
          json.name("outside")
              .value(outside)
              .name("direction")
              .value(direction.word())
              .name("windows")
              .value((long) windows);
      case Judge.Seasonal seasonal -> {
        json.name("period").value(duration(seasonal.period()));
        json.name("factor").value(seasonal.factor());
        json.name("direction").value(seasonal.direction().word());
        json.name("windows").value((long) seasonal.windows());
      }
      case Judge.Drifted drifted -> {
        text(json, "method", drifted.method() == null ? "" : drifted.method());
        number(json, "threshold", drifted.threshold() == null ? Double.NaN : drifted.threshold());
        text(json, "reference", drifted.reference());
      }
      case Judge.Listing listing -> {
        json.name(listing.expected() ? "expected" : "unexpected");
        PerformanceWriter.texts(json, List.copyOf(new TreeSet<>(listing.words())));
        json.name("max_share").value(listing.maxShare());
      }
      case Judge.Monotonic(boolean increasing, int windows) ->
          json.name("direction")
              .value(increasing ? "increasing" : "decreasing")
              .name("windows")
              .value((long) windows);
      case Judge.Stream(var detector) -> json.name("detector").value(detector.word());
      case Judge.Composite composite -> {
        json.name("of");
        PerformanceWriter.texts(json, composite.of());
      }
    }
  }
}
