package dev.sightline.api.models;

import dev.sightline.api.json.JsonWriter;
import dev.sightline.quality.profile.FeatureProfile;
import dev.sightline.quality.profile.ProfileAnswer;
import dev.sightline.quality.profile.SliceProfile;
import dev.sightline.quality.profile.ValueType;
import dev.sightline.quality.profile.WindowProfile;
import dev.sightline.stats.column.Bins;
import dev.sightline.stats.sketch.NumberSketch;
import dev.sightline.stats.sketch.SketchBins;
import dev.sightline.stats.sketch.TextSketch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes profiles as JSON.
final class ProfileJson {
  private static final double[] QUANTILES = {0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99};
  private static final int BINS = 20;
  private static final double TAIL = 0.01;
  private static final int MOST_ITEMS = 50;

  private ProfileJson() {}

  static void write(JsonWriter json, ProfileAnswer answer) {
    json.beginObject().name("model").value(answer.model());
    json.name("source").value("sketch");
    json.name("windows").beginArray();
    for (WindowProfile window : answer.windows()) {
      json.beginObject().name("start").value(window.startMs()).name("end").value(window.endMs());
      SliceProfile profile = window.profile();
      json.name("rows").value(profile.rows());
      if (profile.unkept() > 0) {
        json.name("unkept_values").value(profile.unkept());
      }
      json.name("features").beginObject();
      profile
          .features()
          .forEach(
              (name, feature) -> {
                json.name(name).beginObject();
                write(json, feature, profile.rows());
                json.endObject();
              });
      json.endObject().endObject();
    }
    json.endArray().name("notes").beginArray();
    answer.notes().forEach(json::value);
    json.endArray().endObject();
  }

  private static void write(JsonWriter json, FeatureProfile feature, long rows) {
    json.name("n").value(feature.n());
    json.name("missing").value(Math.max(feature.missing(), rows - feature.n()));
    json.name("types").beginObject();
    for (ValueType type : ValueType.values()) {
      if (feature.count(type) > 0) {
        json.name(type.word()).value(feature.count(type));
      }
    }
    json.endObject();
    json.name("distinct").value(Math.rint(feature.distinct()));
    NumberSketch numbers = feature.numbers();
    if (numbers != null) {
      json.name("nan").value(numbers.notANumber()).name("infinite").value(numbers.infinite());
      if (numbers.n() > 0) {
        write(json, numbers);
      }
    }
    List<TextSketch.Item> words = items(feature.words());
    List<TextSketch.Item> wholes = items(feature.wholes());
    if (!words.isEmpty() || !wholes.isEmpty()) {
      json.name("frequent").beginArray();
      words.forEach(item -> write(json, item));
      wholes.forEach(item -> write(json, item));
      json.endArray();
    }
  }

  private static List<TextSketch.Item> items(@Nullable TextSketch sketch) {
    return sketch == null ? List.of() : sketch.frequent().stream().limit(MOST_ITEMS).toList();
  }

  private static void write(JsonWriter json, TextSketch.Item item) {
    json.beginObject().name("word").value(item.text()).name("n").value(item.count());
    if (item.least() != item.most()) {
      json.name("least").value(item.least()).name("most").value(item.most());
    }
    json.endObject();
  }

  private static void write(JsonWriter json, NumberSketch sketch) {
    json.name("rank_error").value(sketch.rankError());
    json.name("mean").value(sketch.mean()).name("std").value(sketch.deviation());
    json.name("min").value(sketch.min()).name("max").value(sketch.max());
    json.name("quantiles").beginObject();
    for (double each : QUANTILES) {
      json.name(Double.toString(each)).value(sketch.quantile(each));
    }
    json.endObject();
    double[] bounds = bounds(sketch);
    json.name("histogram").beginObject().name("bounds").beginArray();
    for (double bound : bounds) {
      json.value(bound);
    }
    json.endArray().name("counts").beginArray();
    for (long count : SketchBins.counts(sketch, bounds)) {
      json.value(count);
    }
    json.endArray().endObject();
  }

  /// Of equal width between the tails; the outer bins reach to the extremes.
  private static double[] bounds(NumberSketch sketch) {
    double low = sketch.quantile(TAIL);
    double high = sketch.quantile(1 - TAIL);
    double[] bounds =
        low < high
            ? Bins.equalWidth(low, high, BINS)
            : Bins.equalWidth(sketch.min(), sketch.max(), 5);
    bounds[0] = Math.min(bounds[0], sketch.min());
    bounds[bounds.length - 1] = Math.max(bounds[bounds.length - 1], sketch.max());
    return bounds;
  }
}
