package dev.sightline.api.otlp;

import dev.sightline.api.json.JsonWriter;
import dev.sightline.api.models.PredictionWriter;
import dev.sightline.model.label.Labels;
import dev.sightline.model.log.LogBatch;
import dev.sightline.model.prediction.Datum;
import dev.sightline.wire.loki.LevelDetection;
import dev.sightline.wire.otlp.OtlpRecord;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Puts log records into the log store as Loki does: a few attributes of the resource name the
/// stream, everything else is metadata of the line.
final class OtlpLines {
  private static final String SERVICE = "service_name";
  private static final String UNKNOWN = "unknown_service";
  private static final String LEVEL = "detected_level";

  /// Those that Loki takes, too.
  private static final Set<String> OF_STREAM =
      Set.of(
          "cloud.availability_zone",
          "cloud.region",
          "container.name",
          "deployment.environment",
          "deployment.environment.name",
          "k8s.cluster.name",
          "k8s.container.name",
          "k8s.cronjob.name",
          "k8s.daemonset.name",
          "k8s.deployment.name",
          "k8s.job.name",
          "k8s.namespace.name",
          "k8s.pod.name",
          "k8s.replicaset.name",
          "k8s.statefulset.name",
          "service.instance.id",
          "service.name",
          "service.namespace");

  private OtlpLines() {}

  /// @param nowMs of a record without a time, Unix milliseconds
  static void add(OtlpRecord record, long nowMs, LogBatch into) {
    Map<String, String> stream = new TreeMap<>(Map.of(SERVICE, UNKNOWN));
    Map<String, String> metadata = new TreeMap<>();
    record
        .resource()
        .forEach((name, value) -> put(name, value, OF_STREAM.contains(name) ? stream : metadata));
    record.attributes().forEach((name, value) -> put(name, value, metadata));
    put("scope_name", new Datum.Text(record.scope()), metadata);
    put("severity_text", new Datum.Text(record.severity()), metadata);
    put("event_name", new Datum.Text(record.event()), metadata);
    put("trace_id", new Datum.Text(record.traceId()), metadata);
    put("span_id", new Datum.Text(record.spanId()), metadata);
    Labels streamLabels = labels(stream);
    byte[] line = text(record.body());
    String severity = record.severity();
    Labels known = severity.isEmpty() ? labels(metadata) : Labels.of("level", severity);
    metadata.put(LEVEL, LevelDetection.levelOf(streamLabels, known, line));
    long timeNs = record.timeNs() > 0 ? record.timeNs() : nowMs * 1_000_000;
    into.add(streamLabels, timeNs, line, labels(metadata));
  }

  private static void put(String name, Datum value, Map<String, String> into) {
    String text = new String(text(value), StandardCharsets.UTF_8);
    if (!text.isEmpty()) {
      String plain = name.replaceAll("[^A-Za-z0-9_]", "_");
      into.put(plain.matches("[0-9].*") ? "_" + plain : plain, text);
    }
  }

  private static Labels labels(Map<String, String> all) {
    return Labels.of(all);
  }

  /// A text as it is, everything else as JSON.
  private static byte[] text(Datum value) {
    return switch (value) {
      case Datum.Missing() -> new byte[0];
      case Datum.Text(String text) -> text.getBytes(StandardCharsets.UTF_8);
      default -> {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonWriter json = new JsonWriter(out);
        PredictionWriter.datum(json, value);
        json.flush();
        yield out.toByteArray();
      }
    };
  }
}
