package dev.sightline.script;

import dev.sightline.model.histogram.Buckets;
import dev.sightline.model.histogram.NativeHistogram;
import dev.sightline.model.label.Labels;
import dev.sightline.model.query.Answer;
import dev.sightline.model.series.SampleColumns;
import dev.sightline.script.Expectation.Saying;
import dev.sightline.script.Expectation.Times;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Compares an answer with what a script expects. Numbers may differ by a millionth.
final class AnswerCheck {
  private static final double TOLERANCE = 1e-6;

  private AnswerCheck() {}

  /// @param times of the steps that were asked for
  /// @return what is wrong, or null
  static @Nullable String check(Answer answer, Expectation expected, Times times) {
    String notes = notes(answer, expected);
    if (notes != null) {
      return notes;
    }
    return switch (answer.result()) {
      case Answer.Text(_, String value) ->
          value.equals(expected.text())
              ? null
              : "want string " + expected.text() + ", got " + value;
      case Answer.Scalar(_, double value) -> scalar(value, expected);
      case Answer.Vector(List<Answer.Point> points) -> vector(points, expected);
      case Answer.Matrix(List<Answer.Series> series) ->
          matrix(series, expected, expected.window() == null ? times : expected.window());
    };
  }

  private static @Nullable String notes(Answer answer, Expectation expected) {
    if (expected.noWarnings() && !answer.warnings().isEmpty()) {
      return "want no warnings, got " + answer.warnings();
    }
    if (expected.noInfos() && !answer.infos().isEmpty()) {
      return "want no infos, got " + answer.infos();
    }
    String warnings = missing("warning", expected.warnings(), answer.warnings());
    return warnings != null ? warnings : missing("info", expected.infos(), answer.infos());
  }

  private static @Nullable String missing(String kind, List<Saying> wanted, List<String> got) {
    for (Saying saying : wanted) {
      if (got.stream().noneMatch(saying::fits)) {
        return "want " + kind + " \"" + saying.text() + "\", got " + got;
      }
    }
    return null;
  }

  private static @Nullable String scalar(double value, Expectation expected) {
    if (expected.lines().size() != 1) {
      return "want " + expected.lines() + ", got the scalar " + value;
    }
    String line = expected.lines().getFirst();
    double want =
        line.startsWith("{") ? single(SeriesLine.parse(line)).number() : SeriesLine.number(line);
    return same(want, value) ? null : "want " + want + ", got " + value;
  }

  private static @Nullable String vector(List<Answer.Point> points, Expectation expected) {
    List<SeriesLine> wanted = expected.lines().stream().map(SeriesLine::parse).toList();
    Map<Labels, SeriesValue> got = new LinkedHashMap<>();
    for (Answer.Point point : points) {
      SeriesValue value = new SeriesValue(point.value(), point.histogram(), false);
      if (got.put(point.labels(), value) != null) {
        return "twice in the result: " + point.labels();
      }
    }
    List<Labels> order = new ArrayList<>(got.keySet());
    for (int i = 0; i < wanted.size(); i++) {
      Labels labels = wanted.get(i).labels();
      SeriesValue want = single(wanted.get(i));
      SeriesValue value = got.remove(labels);
      if (value == null || !same(want, value)) {
        return labels + ": want " + want + ", got " + (value == null ? "nothing" : value);
      }
      if (expected.ordered() && !order.get(i).equals(labels)) {
        return "want " + labels + " at place " + (i + 1) + ", got " + order.get(i);
      }
    }
    return got.isEmpty() ? null : "not expected: " + got;
  }

  private static @Nullable String matrix(
      List<Answer.Series> series, Expectation expected, Times times) {
    Map<Labels, Map<Long, SeriesValue>> got = new LinkedHashMap<>();
    Labels before = null;
    for (Answer.Series one : series) {
      if (before != null && before.compareTo(one.labels()) >= 0) {
        return "not sorted: " + before + " before " + one.labels();
      }
      before = one.labels();
      got.put(one.labels(), samples(one));
    }
    for (String line : expected.lines()) {
      SeriesLine wanted = seriesOrNumber(line);
      String wrong = difference(wanted, got.remove(wanted.labels()), times);
      if (wrong != null) {
        return wanted.labels() + ": " + wrong;
      }
    }
    return got.isEmpty() ? null : "not expected: " + got;
  }

  private static SeriesLine seriesOrNumber(String line) {
    try {
      return new SeriesLine(Labels.EMPTY, List.of(SeriesValue.of(SeriesLine.number(line))));
    } catch (NumberFormatException _) {
      return SeriesLine.parse(line);
    }
  }

  private static Map<Long, SeriesValue> samples(Answer.Series series) {
    SampleColumns columns = series.samples();
    Map<Long, SeriesValue> samples = new TreeMap<>();
    for (int i = 0; i < columns.size(); i++) {
      SeriesValue value = new SeriesValue(columns.value(i), columns.histogram(i), false);
      samples.put(columns.timestampMs(i), value);
    }
    return samples;
  }

  private static @Nullable String difference(
      SeriesLine wanted, @Nullable Map<Long, SeriesValue> got, Times times) {
    Map<Long, SeriesValue> rest = got == null ? new TreeMap<>() : new TreeMap<>(got);
    long timeMs = times.startMs();
    for (SeriesValue want : wanted.values()) {
      if (timeMs > times.endMs()) {
        return "more values expected than there are steps";
      }
      SeriesValue value = rest.remove(timeMs);
      boolean right =
          want != null && value != null ? same(want, value) : want == null && value == null;
      if (!right) {
        return "at " + timeMs + " ms want " + want + ", got " + value;
      }
      timeMs += times.stepMs();
    }
    return rest.isEmpty() ? null : "not expected: " + rest;
  }

  private static SeriesValue single(SeriesLine line) {
    SeriesValue value = line.values().size() == 1 ? line.values().getFirst() : null;
    if (value == null) {
      throw new IllegalArgumentException("one value expected for " + line.labels());
    }
    return value;
  }

  private static boolean same(SeriesValue want, SeriesValue got) {
    NativeHistogram wanted = want.histogram();
    NativeHistogram found = got.histogram();
    if (wanted == null || found == null) {
      return wanted == null && found == null && same(want.number(), got.number());
    }
    return same(wanted.compacted(), found.compacted())
        && (!want.hinted() || wanted.hint() == found.hint());
  }

  private static boolean same(NativeHistogram want, NativeHistogram got) {
    return want.schema() == got.schema()
        && same(want.count(), got.count())
        && same(want.sum(), got.sum())
        && want.zeroThreshold() == got.zeroThreshold()
        && same(want.zeroCount(), got.zeroCount())
        && want.bounds().equals(got.bounds())
        && same(want.positive(), got.positive())
        && same(want.negative(), got.negative());
  }

  private static boolean same(Buckets want, Buckets got) {
    boolean same = want.size() == got.size();
    for (int i = 0; same && i < want.size(); i++) {
      same = want.index(i) == got.index(i) && same(want.count(i), got.count(i));
    }
    return same;
  }

  /// Whether two numbers are equal for a script: NaN equals NaN.
  static boolean same(double want, double got) {
    if (want == got || (Double.isNaN(want) && Double.isNaN(got))) {
      return true;
    }
    double sum = Math.min(Math.abs(want) + Math.abs(got), Double.MAX_VALUE);
    return Math.abs(want - got) < TOLERANCE * sum;
  }
}
