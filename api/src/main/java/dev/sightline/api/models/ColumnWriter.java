package dev.sightline.api.models;

import dev.sightline.api.json.JsonWriter;
import dev.sightline.quality.baseline.FeatureColumn;
import dev.sightline.stats.column.SortedColumn;
import dev.sightline.stats.learn.WordRows;
import dev.sightline.stats.sketch.NumberSketch;
import java.util.Comparator;
import java.util.Map;

/// Writes what is kept of one feature in one window as JSON.
final class ColumnWriter {
  private static final double[] QUANTILES = {0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99};
  private static final int MOST_WORDS = 50;

  private ColumnWriter() {}

  static void write(JsonWriter json, FeatureColumn column) {
    json.name("n").value(column.n()).name("missing").value(column.missing());
    switch (column) {
      case FeatureColumn.Words words -> words(json, words);
      case FeatureColumn.Numbers(SortedColumn values, long _) -> {
        json.name("source_of_numbers").value("exact");
        if (values.n() > 0) {
          json.name("infinite").value(values.infinite());
          json.name("distinct").value(values.distinct());
          json.name("mean").value(values.mean()).name("std").value(values.deviation());
          json.name("min").value(values.min()).name("max").value(values.max());
          json.name("quantiles").beginObject();
          for (double each : QUANTILES) {
            json.name(Double.toString(each)).value(values.quantile(each));
          }
          json.endObject();
        }
      }
      case FeatureColumn.Sentences(WordRows sample, long _, long _) ->
          json.name("sampled").value((long) sample.n()).name("words").value(sample.words().size());
      case FeatureColumn.Vectors(float[][] sample, long _, long _) -> {
        json.name("sampled").value((long) sample.length);
        json.name("numbers").value(sample.length == 0 ? 0 : sample[0].length);
      }
      case FeatureColumn.Sketched sketched -> sketch(json, sketched.copy());
    }
  }

  private static void sketch(JsonWriter json, NumberSketch sketch) {
    json.name("source_of_numbers").value("sketch");
    json.name("rank_error").value(sketch.rankError());
    json.name("infinite").value(sketch.infinite());
    json.name("distinct").value(Math.rint(sketch.distinct()));
    json.name("mean").value(sketch.mean()).name("std").value(sketch.deviation());
    json.name("min").value(sketch.min()).name("max").value(sketch.max());
    json.name("quantiles").beginObject();
    for (double each : QUANTILES) {
      json.name(Double.toString(each)).value(sketch.quantile(each));
    }
    json.endObject();
  }

  private static void words(JsonWriter json, FeatureColumn.Words words) {
    json.name("source_of_numbers").value("exact");
    json.name("distinct").value(words.counts().size());
    json.name("frequent").beginArray();
    words.counts().entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(MOST_WORDS)
        .forEach(
            entry -> {
              json.beginObject().name("word").value(entry.getKey());
              json.name("n").value(entry.getValue().longValue()).endObject();
            });
    json.endArray();
  }
}
