package dev.sightline.demo.lines;

import dev.sightline.model.label.Labels;
import dev.sightline.model.log.LineSink.Line;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Writes lines as a body of Loki's push API: `{"streams": [{"stream": {…}, "values": [["time in
/// ns", "line", {…}], …]}, …]}`.
///
/// Owned by one thread.
final class PushBody {
  private static final JsonFactory JSON = new JsonFactory();
  private static final long NS_PER_MS = 1_000_000;

  /// Equal lines of one moment must not look like one that came twice.
  private long lastNs;

  /// @param timeMs when it happened, Unix milliseconds
  record Entry(long timeMs, Line line) {}

  byte[] of(List<Entry> entries) {
    Map<Labels, List<Entry>> streams = new LinkedHashMap<>();
    for (Entry entry : entries) {
      streams.computeIfAbsent(entry.line.stream(), _ -> new ArrayList<>()).add(entry);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      json.writeArrayPropertyStart("streams");
      streams.forEach((labels, lines) -> write(json, labels, lines));
      json.writeEndArray();
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private void write(JsonGenerator json, Labels labels, List<Entry> lines) {
    json.writeStartObject();
    json.writeName("stream");
    write(json, labels);
    json.writeArrayPropertyStart("values");
    for (Entry entry : lines) {
      lastNs = Math.max(lastNs + 1, entry.timeMs * NS_PER_MS);
      json.writeStartArray();
      json.writeString(Long.toString(lastNs));
      json.writeString(entry.line.text());
      write(json, entry.line.metadata());
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Labels labels) {
    json.writeStartObject();
    for (int i = 0; i < labels.size(); i++) {
      json.writeStringProperty(labels.name(i), labels.value(i));
    }
    json.writeEndObject();
  }
}
