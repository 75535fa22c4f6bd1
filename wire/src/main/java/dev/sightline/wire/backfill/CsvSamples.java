package dev.sightline.wire.backfill;

import dev.sightline.model.label.Label;
import dev.sightline.model.label.Labels;
import dev.sightline.wire.csv.CsvException;
import dev.sightline.wire.csv.CsvReader;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads samples from comma-separated text: the first line names `time`, `value` and labels, among
/// them `__name__`; each other line is a sample. An empty cell is a label that the series does not
/// have.
final class CsvSamples {
  private static final int KNOWN_LABELS = 10_000;

  private final CsvReader in;
  private final SampleText.Reader into;
  private final Map<List<String>, Labels> known = new HashMap<>();

  CsvSamples(InputStream in, SampleText.Reader into) {
    this.in = new CsvReader(in);
    this.into = into;
  }

  void read() {
    try {
      CsvReader.Line header = in.next();
      if (header == null) {
        return;
      }
      List<String> names = header.cells();
      if (!names.contains("time") || !names.contains("value") || !names.contains("__name__")) {
        throw new SampleTextException(
            "line 1 must name the columns time, value and __name__, and may name labels; it names "
                + names);
      }
      for (CsvReader.Line line = in.next(); line != null; line = in.next()) {
        read(names, line);
      }
    } catch (CsvException bad) {
      throw new SampleTextException(String.valueOf(bad.getMessage()));
    }
  }

  private void read(List<String> names, CsvReader.Line line) {
    if (line.problem() != null || line.cells().size() != names.size()) {
      String problem =
          line.problem() == null
              ? "has " + line.cells().size() + " cells; line 1 has " + names.size()
              : line.problem();
      throw new SampleTextException("line " + line.line() + " " + problem);
    }
    long timestampMs = 0;
    double value = 0;
    List<String> cells = new ArrayList<>(line.cells());
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equals("time")) {
        timestampMs = time(line, cells.set(i, ""));
      } else if (names.get(i).equals("value")) {
        value = number(line, cells.set(i, ""));
      }
    }
    Labels labels = known.get(cells);
    if (labels == null) {
      labels = labels(names, cells, line);
      if (known.size() >= KNOWN_LABELS) {
        known.clear();
      }
      known.put(cells, labels);
    }
    into.sample(labels, timestampMs, value);
  }

  private static Labels labels(List<String> names, List<String> cells, CsvReader.Line line) {
    List<Label> labels = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      labels.add(new Label(names.get(i), cells.get(i)));
    }
    try {
      return Labels.of(labels);
    } catch (IllegalArgumentException twice) {
      throw new SampleTextException("line " + line.line() + ": " + twice.getMessage());
    }
  }

  /// RFC 3339, or Unix milliseconds.
  private static long time(CsvReader.Line line, String text) {
    try {
      return text.matches("-?\\d{1,18}")
          ? Long.parseLong(text)
          : OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException _) {
      throw new SampleTextException(
          "line "
              + line.line()
              + ": time must be Unix milliseconds or RFC 3339, not \""
              + text
              + '"');
    }
  }

  private static double number(CsvReader.Line line, String text) {
    try {
      return SampleNumber.parse(text);
    } catch (NumberFormatException _) {
      throw new SampleTextException(
          "line "
              + line.line()
              + ": value must be a number, NaN, +Inf or -Inf, not \""
              + text
              + '"');
    }
  }
}
