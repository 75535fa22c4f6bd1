package dev.sightline.api.prometheus;

import dev.sightline.api.json.JsonWriter;
import dev.sightline.model.histogram.NativeHistogram;
import dev.sightline.model.query.Answer;
import dev.sightline.model.series.SampleColumns;

/// Writes the result of a query as Prometheus's API does.
public final class ResultWriter {
  private ResultWriter() {}

  /// `resultType` and `result` within an object that has been begun.
  ///
  /// @param limit of elements or series; 0 for all
  public static void members(JsonWriter json, Answer.Result result, int limit) {
    json.name("resultType").value(type(result)).name("result");
    switch (result) {
      case Answer.Scalar scalar -> point(json, scalar.timestampMs(), scalar.value());
      case Answer.Text text ->
          json.beginArray().seconds(text.timestampMs()).value(text.value()).endArray();
      case Answer.Vector vector -> vector(json, vector, limit);
      case Answer.Matrix matrix -> matrix(json, matrix, limit);
    }
  }

  /// How many elements or series `result` has.
  static int size(Answer.Result result) {
    return switch (result) {
      case Answer.Scalar _ -> 1;
      case Answer.Text _ -> 1;
      case Answer.Vector vector -> vector.points().size();
      case Answer.Matrix matrix -> matrix.series().size();
    };
  }

  private static String type(Answer.Result result) {
    return switch (result) {
      case Answer.Scalar _ -> "scalar";
      case Answer.Text _ -> "string";
      case Answer.Vector _ -> "vector";
      case Answer.Matrix _ -> "matrix";
    };
  }

  private static void vector(JsonWriter json, Answer.Vector vector, int limit) {
    json.beginArray();
    for (Answer.Point point : Envelope.limited(vector.points(), limit)) {
      json.beginObject().name("metric");
      Envelope.labels(json, point.labels());
      NativeHistogram histogram = point.histogram();
      if (histogram == null) {
        json.name("value");
        point(json, point.timestampMs(), point.value());
      } else {
        json.name("histogram");
        HistogramWriter.point(json, point.timestampMs(), histogram);
      }
      json.endObject();
    }
    json.endArray();
  }

  private static void matrix(JsonWriter json, Answer.Matrix matrix, int limit) {
    json.beginArray();
    for (Answer.Series series : Envelope.limited(matrix.series(), limit)) {
      json.beginObject().name("metric");
      Envelope.labels(json, series.labels());
      if (series.samples().hasHistograms()) {
        mixed(json, series.samples());
      } else {
        json.name("values").beginArray();
        SampleColumns samples = series.samples();
        for (int i = 0; i < samples.size(); i++) {
          point(json, samples.timestampMs(i), samples.value(i));
        }
        json.endArray();
      }
      json.endObject();
    }
    json.endArray();
  }

  /// Floats and histograms apart, each kind only where there is one.
  private static void mixed(JsonWriter json, SampleColumns samples) {
    boolean floats = false;
    for (int i = 0; i < samples.size(); i++) {
      if (samples.histogram(i) == null) {
        if (!floats) {
          json.name("values").beginArray();
          floats = true;
        }
        point(json, samples.timestampMs(i), samples.value(i));
      }
    }
    if (floats) {
      json.endArray();
    }
    json.name("histograms").beginArray();
    for (int i = 0; i < samples.size(); i++) {
      NativeHistogram histogram = samples.histogram(i);
      if (histogram != null) {
        HistogramWriter.point(json, samples.timestampMs(i), histogram);
      }
    }
    json.endArray();
  }

  private static void point(JsonWriter json, long timestampMs, double value) {
    json.beginArray().seconds(timestampMs).quotedNumber(value).endArray();
  }
}
