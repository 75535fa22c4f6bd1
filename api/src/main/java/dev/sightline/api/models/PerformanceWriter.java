package dev.sightline.api.models;

import dev.sightline.api.json.JsonWriter;
import dev.sightline.quality.performance.MeasureVariants;
import dev.sightline.quality.performance.Performance;
import dev.sightline.quality.performance.Task;
import dev.sightline.quality.performance.WindowScores;
import dev.sightline.quality.window.Window;
import dev.sightline.stats.measure.Averaging;
import dev.sightline.stats.measure.ClassificationReport.ClassRow;
import dev.sightline.stats.measure.Interval;
import dev.sightline.stats.measure.Measured;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes measures of quality as JSON. A measure that there is no data for is left out; one that
/// has too little says so instead of a value.
final class PerformanceWriter {
  private PerformanceWriter() {}

  static void write(JsonWriter json, String model, Performance performance) {
    json.beginObject().name("model").value(model);
    json.name("task").value(performance.task().word());
    Averaging averaging = performance.averaging();
    if (averaging != null) {
      json.name("average").value(averaging.name().toLowerCase(Locale.ROOT));
    }
    json.name("classes");
    texts(json, performance.classes());
    String positive = performance.positive();
    if (positive != null) {
      json.name("positive").value(positive);
    }
    variants(json, performance.task(), performance.variants());
    json.name("notes");
    texts(json, performance.notes());
    json.name("windows").beginArray();
    performance.windows().forEach(window -> window(json, performance.classes(), window));
    json.endArray().endObject();
  }

  /// Those that measures of the task depend on.
  private static void variants(JsonWriter json, Task task, MeasureVariants variants) {
    json.name("variants").beginObject();
    switch (task) {
      case CLASSIFICATION -> {
        json.name("beta").value(variants.beta()).name("zero_division");
        json.value(
            switch (variants.zeroDivision()) {
              case UNDEFINED -> "undefined";
              case ZERO -> "0";
              case ONE -> "1";
            });
        places(json, variants.places());
        json.name("bins").value(variants.bins());
        Double threshold = variants.threshold();
        if (threshold != null) {
          json.name("threshold").value(threshold.doubleValue());
        }
      }
      case REGRESSION -> {
        json.name("quantile").value(variants.quantile());
        json.name("tweedie_power").value(variants.tweediePower());
      }
      case RANKING -> places(json, variants.places());
      case GENERATION -> {}
    }
    json.endObject();
  }

  private static void places(JsonWriter json, List<Integer> places) {
    json.name("k").beginArray();
    places.forEach(k -> json.value(k.longValue()));
    json.endArray();
  }

  private static void window(JsonWriter json, List<String> classes, WindowScores scores) {
    Window window = scores.window();
    json.beginObject().name("start").value(window.startMs()).name("end").value(window.endMs());
    flag(json, "partial", window.partial());
    json.name("n").value(scores.n()).name("labelled").value(scores.labelled());
    flag(json, "carried", scores.carried());
    json.name("measures").beginObject();
    scores
        .measures()
        .forEach(
            (name, value) -> {
              json.name(name);
              value(json, value);
            });
    json.endObject();
    switch (scores.detail()) {
      case WindowScores.Classes(List<ClassRow> rows, long[][] confusion) -> {
        json.name("classes").beginObject();
        rows.forEach(row -> row(json, classes, row));
        json.endObject();
        if (confusion.length > 0) {
          confusion(json, classes, confusion);
        }
      }
      case WindowScores.Residuals(double[] bounds, long[] counts) -> {
        if (counts.length > 0) {
          residuals(json, bounds, counts);
        }
      }
      case WindowScores.Texts(Map<String, Long> reasons) -> {
        json.name("finish_reasons").beginObject();
        reasons.forEach((reason, count) -> json.name(reason).value(count.longValue()));
        json.endObject();
      }
      case WindowScores.Nothing() -> {}
    }
    json.endObject();
  }

  /// Only where it is true.
  private static void flag(JsonWriter json, String name, boolean flag) {
    if (flag) {
      json.name(name).value(true);
    }
  }

  private static void row(JsonWriter json, List<String> classes, ClassRow row) {
    json.name(classes.get(row.oneClass())).beginObject();
    json.name("precision");
    value(json, row.precision());
    json.name("recall");
    value(json, row.recall());
    json.name("f1");
    value(json, row.f1());
    json.name("specificity");
    value(json, row.specificity());
    json.name("jaccard");
    value(json, row.jaccard());
    json.name("support").value(row.support()).name("predicted").value(row.predicted());
    json.endObject();
  }

  private static void confusion(JsonWriter json, List<String> classes, long[][] counts) {
    json.name("confusion").beginObject().name("labels");
    texts(json, classes);
    json.name("counts").beginArray();
    for (long[] row : counts) {
      counts(json, row);
    }
    json.endArray().endObject();
  }

  private static void residuals(JsonWriter json, double[] bounds, long[] counts) {
    json.name("residuals").beginObject().name("bounds").beginArray();
    for (double bound : bounds) {
      json.value(bound);
    }
    json.endArray().name("counts");
    counts(json, counts);
    json.endObject();
  }

  private static void counts(JsonWriter json, long[] counts) {
    json.beginArray();
    for (long count : counts) {
      json.value(count);
    }
    json.endArray();
  }

  static void texts(JsonWriter json, List<String> texts) {
    json.beginArray();
    texts.forEach(json::value);
    json.endArray();
  }

  /// `{value, low, high, method, n}`, or `{state, reason, n}`.
  static void value(JsonWriter json, Measured measured) {
    json.beginObject();
    switch (measured) {
      case Measured.Known(double value, _, Interval interval) -> {
        json.name("value").value(value);
        interval(json, interval);
      }
      case Measured.NotEnough(long n, long needed) ->
          json.name("state")
              .value("not_enough")
              .name("reason")
              .value(n + (n == 1 ? " labelled row, " : " labelled rows, ") + needed + " needed");
      case Measured.Undefined(_, String why) ->
          json.name("state").value("undefined").name("reason").value(why);
    }
    json.name("n").value(measured.n()).endObject();
  }

  static void interval(JsonWriter json, @Nullable Interval interval) {
    if (interval != null) {
      json.name("low").value(interval.low()).name("high").value(interval.high());
      json.name("method").value(interval.kind().name().toLowerCase(Locale.ROOT));
    }
  }
}
