package dev.sightline.quality.baseline;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.PredictionColumns.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The cells of one column of a table, each different text once.
final class CsvColumn {
  private static final int MISSING = -1;

  private final Map<String, Integer> codeByText = new HashMap<>();
  private final List<String> texts = new ArrayList<>();
  private final List<Double> values = new ArrayList<>();
  private int[] codes = new int[1024];
  private int rows;

  void add(String cell) {
    if (rows == codes.length) {
      codes = Arrays.copyOf(codes, rows * 2);
    }
    codes[rows++] = cell.isEmpty() ? MISSING : code(cell);
  }

  private int code(String cell) {
    Integer known = codeByText.get(cell);
    if (known != null) {
      return known;
    }
    int code = texts.size();
    codeByText.put(cell, code);
    texts.add(cell);
    values.add(number(cell));
    return code;
  }

  /// What other programs write for numbers and flags.
  ///
  /// @return NaN for what is none
  private static double number(String cell) {
    return switch (cell.toLowerCase(Locale.ROOT)) {
      case "true" -> 1;
      case "false" -> 0;
      case "inf", "infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      default -> {
        char last = cell.charAt(cell.length() - 1);
        if (!(last >= '0' && last <= '9' || last == '.')) {
          yield Double.NaN; // Java would take "1d" and "0x1p3"
        }
        try {
          yield Double.parseDouble(cell);
        } catch (NumberFormatException _) {
          yield Double.NaN;
        }
      }
    };
  }

  Datum datum(int row) {
    int code = codes[row];
    if (code == MISSING) {
      return new Datum.Missing();
    }
    String text = texts.get(code);
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      return new Datum.Flag(text.equalsIgnoreCase("true"));
    }
    double number = values.get(code);
    return Double.isNaN(number) && !text.equalsIgnoreCase("nan")
        ? new Datum.Text(text)
        : new Datum.Amount(number);
  }

  /// @param column null for one that the table does not have
  static Column numbers(@Nullable CsvColumn column, int start, int count) {
    double[] numbers = new double[count];
    Arrays.fill(numbers, Double.NaN);
    for (int row = 0; column != null && row < count; row++) {
      int code = column.codes[start + row];
      numbers[row] = code == MISSING ? Double.NaN : column.values.get(code);
    }
    return new Column.Numbers(numbers);
  }

  static Column lists(@Nullable CsvColumn column, int start, int count) {
    Datum[] values = new Datum[count];
    for (int row = 0; row < count; row++) {
      values[row] = column == null ? new Datum.Missing() : column.datum(start + row);
    }
    return new Column.Lists(values);
  }

  static Column texts(@Nullable CsvColumn column, int start, int count, int maxWords) {
    int[] found = new int[count];
    Arrays.fill(found, Column.Texts.ABSENT);
    for (int row = 0; column != null && row < count; row++) {
      int code = column.codes[start + row];
      found[row] =
          code == MISSING ? Column.Texts.ABSENT : code < maxWords ? code : Column.Texts.OTHER;
    }
    List<String> words = column == null ? List.of() : column.texts;
    List<String> known = words.subList(0, Math.min(words.size(), maxWords));
    return new Column.Texts(found, Collections.unmodifiableList(known));
  }
}
