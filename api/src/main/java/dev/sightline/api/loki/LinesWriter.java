package dev.sightline.api.loki;

import dev.sightline.api.json.JsonWriter;
import dev.sightline.api.prometheus.ResultWriter;
import dev.sightline.model.label.Labels;
import dev.sightline.model.query.LogAnswer;
import dev.sightline.model.query.LogAnswer.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes answers to log queries as Loki's API does.
final class LinesWriter {
  private LinesWriter() {}

  /// @param categorized whether the labels of single lines stand beside those lines; otherwise each
  ///   set of labels makes a stream
  static void write(JsonWriter json, LogAnswer answer, boolean categorized) {
    write(json, answer, categorized, "");
  }

  /// @param cursor of the next page; empty where there is none
  static void write(JsonWriter json, LogAnswer answer, boolean categorized, String cursor) {
    json.beginObject().name("status").value("success").name("data").beginObject();
    int entries = 0;
    switch (answer.result()) {
      case LogAnswer.Values(var result) -> ResultWriter.members(json, result, 0);
      case LogAnswer.Lines(List<Entry> lines) -> {
        entries = lines.size();
        json.name("resultType").value("streams");
        if (categorized) {
          json.name("encodingFlags").beginArray().value("categorize-labels").endArray();
        }
        json.name("result");
        streams(json, lines, categorized);
      }
    }
    if (!cursor.isEmpty()) {
      json.name("cursor").value(cursor);
    }
    json.name("stats");
    stats(json, answer.stats(), entries);
    json.endObject().endObject();
  }

  /// An array of streams with their lines.
  static void streams(JsonWriter json, List<Entry> entries, boolean categorized) {
    Map<Labels, List<Entry>> streams = new LinkedHashMap<>();
    for (Entry entry : entries) {
      Labels labels = categorized ? entry.stream() : entry.labels();
      streams.computeIfAbsent(labels, _ -> new ArrayList<>()).add(entry);
    }
    json.beginArray();
    streams.forEach(
        (labels, lines) -> {
          json.beginObject().name("stream");
          labels(json, labels);
          json.name("values").beginArray();
          lines.forEach(entry -> entry(json, entry, categorized));
          json.endArray().endObject();
        });
    json.endArray();
  }

  private static void entry(JsonWriter json, Entry entry, boolean categorized) {
    json.beginArray().value(Long.toString(entry.timestampNs())).value(entry.line());
    if (categorized) {
      json.beginObject();
      if (!entry.metadata().isEmpty()) {
        json.name("structuredMetadata");
        labels(json, entry.metadata());
      }
      if (!entry.parsed().isEmpty()) {
        json.name("parsed");
        labels(json, entry.parsed());
      }
      json.endObject();
    }
    json.endArray();
  }

  static void labels(JsonWriter json, Labels labels) {
    json.beginObject();
    for (int i = 0; i < labels.size(); i++) {
      json.name(labels.name(i)).value(labels.value(i));
    }
    json.endObject();
  }

  /// The part of Loki's statistics that clients show.
  private static void stats(JsonWriter json, LogAnswer.Stats stats, int entries) {
    double seconds = stats.tookNs() / 1e9;
    json.beginObject()
        .name("summary")
        .beginObject()
        .name("bytesProcessedPerSecond")
        .value(perSecond(stats.bytes(), seconds))
        .name("linesProcessedPerSecond")
        .value(perSecond(stats.lines(), seconds))
        .name("totalBytesProcessed")
        .value(stats.bytes())
        .name("totalLinesProcessed")
        .value(stats.lines())
        .name("execTime")
        .value(seconds)
        .name("queueTime")
        .value(0)
        .name("subqueries")
        .value(0)
        .name("totalEntriesReturned")
        .value(entries)
        .name("splits")
        .value(0)
        .name("shards")
        .value(0)
        .endObject()
        .endObject();
  }

  private static long perSecond(long amount, double seconds) {
    return seconds > 0 ? (long) (amount / seconds) : 0;
  }
}
