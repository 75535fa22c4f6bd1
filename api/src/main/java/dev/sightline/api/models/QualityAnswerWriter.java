package dev.sightline.api.models;

import dev.sightline.api.json.JsonWriter;
import dev.sightline.quality.performance.Change;
import dev.sightline.quality.performance.Curves;
import dev.sightline.quality.performance.Segments;
import dev.sightline.quality.performance.VersionComparison;
import dev.sightline.stats.measure.Calibration;
import dev.sightline.stats.measure.ChangeOfMeasure;
import dev.sightline.stats.measure.ClassCounts;
import dev.sightline.stats.measure.Comparison;
import dev.sightline.stats.measure.Interval;
import dev.sightline.stats.measure.ThresholdCurve;
import dev.sightline.stats.measure.Wilson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes what is asked about one measure: curves, segments, versions, changes.
final class QualityAnswerWriter {
  private static final double LEVEL = 0.95;

  private QualityAnswerWriter() {}

  static void write(JsonWriter json, Curves curves) {
    json.beginObject().name("class").value(curves.oneClass()).name("n").value(curves.rows());
    json.name("notes");
    PerformanceWriter.texts(json, curves.notes());
    json.name("thresholds").beginArray();
    List<Double> worth = curves.worth();
    for (int place = 0; place < curves.points().size(); place++) {
      point(json, curves.points().get(place), worth == null ? null : worth.get(place));
    }
    json.endArray().name("calibration").beginArray();
    curves.calibration().forEach(bin -> bin(json, bin));
    json.endArray();
    ThresholdCurve.Point best = curves.best();
    if (best != null) {
      json.name("best_threshold").value(best.threshold());
    }
    json.endObject();
  }

  private static void point(JsonWriter json, ThresholdCurve.Point point, @Nullable Double worth) {
    ClassCounts counts = point.counts();
    json.beginObject().name("threshold").value(point.threshold());
    long hits = counts.truePositives();
    share(json, "precision", hits, counts.predicted());
    share(json, "recall", hits, counts.support());
    share(json, "f1", 2 * hits, counts.support() + counts.predicted());
    share(json, "specificity", counts.trueNegatives(), counts.negatives());
    json.name("tp").value(hits).name("fp").value(counts.falsePositives());
    json.name("tn").value(counts.trueNegatives()).name("fn").value(counts.falseNegatives());
    json.name("intervals").beginObject();
    interval(json, "precision", hits, counts.predicted());
    interval(json, "recall", hits, counts.support());
    interval(json, "specificity", counts.trueNegatives(), counts.negatives());
    f1Interval(json, hits, counts.support() + counts.falsePositives());
    json.endObject();
    if (worth != null) {
      json.name("business_value").value(worth.doubleValue());
    }
    json.endObject();
  }

  /// Left out where it would divide by zero.
  private static void share(JsonWriter json, String name, long part, long whole) {
    if (whole > 0) {
      json.name(name).value((double) part / whole);
    }
  }

  /// Of a share, 95 %, by Wilson's score; left out where the share is.
  private static void interval(JsonWriter json, String name, long part, long whole) {
    if (whole > 0) {
      Interval interval = Wilson.interval((double) part, (double) whole, LEVEL);
      json.name(name).beginArray().value(interval.low()).value(interval.high()).endArray();
    }
  }

  /// F1 is `2j / (1 + j)`, which grows with `j`, the share of hits among all that is positive or
  /// was said to be.
  private static void f1Interval(JsonWriter json, long hits, long either) {
    if (either > 0) {
      Interval share = Wilson.interval((double) hits, (double) either, LEVEL);
      json.name("f1").beginArray().value(f1(share.low())).value(f1(share.high())).endArray();
    }
  }

  private static double f1(double share) {
    return 2 * share / (1 + share);
  }

  private static void bin(JsonWriter json, Calibration.Bin bin) {
    json.beginObject().name("low").value(bin.low()).name("high").value(bin.high());
    json.name("mean_confidence").value(bin.promised()).name("observed");
    PerformanceWriter.value(json, bin.happened());
    json.name("n").value(bin.n()).endObject();
  }

  static void write(JsonWriter json, Segments segments) {
    json.beginObject().name("measure").value(segments.measure()).name("notes");
    PerformanceWriter.texts(json, segments.notes());
    json.name("overall");
    PerformanceWriter.value(json, segments.overall());
    json.name("total").value(segments.total()).name("segments").beginArray();
    for (Segments.Segment segment : segments.segments()) {
      json.beginObject().name("labels").beginObject();
      segment.labels().forEach((name, value) -> json.name(name).value(value));
      json.endObject().name("n").value(segment.n()).name("labelled").value(segment.labelled());
      json.name("value");
      PerformanceWriter.value(json, segment.value());
      number(json, "difference", segment.difference());
      number(json, "p_value", segment.pValue());
      json.endObject();
    }
    json.endArray().endObject();
  }

  private static void number(JsonWriter json, String name, @Nullable Double value) {
    if (value != null) {
      json.name(name).value(value.doubleValue());
    }
  }

  static void write(JsonWriter json, VersionComparison comparison) {
    json.beginObject().name("notes");
    PerformanceWriter.texts(json, comparison.notes());
    json.name("measures").beginObject();
    comparison
        .measures()
        .forEach(
            (name, pair) -> {
              json.name(name).beginObject().name("a");
              PerformanceWriter.value(json, pair.first());
              json.name("b");
              PerformanceWriter.value(json, pair.second());
              Comparison found = pair.comparison();
              if (found != null) {
                json.name("difference").value(found.difference());
                PerformanceWriter.interval(json, found.interval());
                number(json, "p_value", found.pValue());
                json.name("test").value(found.method());
              }
              json.endObject();
            });
    json.endObject().endObject();
  }

  static void write(JsonWriter json, Change change) {
    json.beginObject().name("measure").value(change.measure()).name("before");
    PerformanceWriter.value(json, change.before());
    json.name("after");
    PerformanceWriter.value(json, change.after());
    json.name("difference").value(change.difference()).name("parts").beginArray();
    for (ChangeOfMeasure.Part part : change.parts()) {
      json.beginObject().name("name").value(part.name());
      json.name("share_before").value(part.shareBefore());
      json.name("share_after").value(part.shareAfter());
      json.name("mix").value(part.mix()).name("within").value(part.within()).endObject();
    }
    json.endArray().name("total_mix").value(change.mix());
    json.name("total_within").value(change.within()).endObject();
  }
}
