package dev.sightline.quality.baseline;

import dev.sightline.model.prediction.Datum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Cells that were sent as texts, each different one once. Used by one thread.
final class CsvColumn implements FileColumn {
  private final FileRoom room;
  private final Map<String, Integer> codeByText = new HashMap<>();
  private final List<String> texts = new ArrayList<>();
  private final List<Double> values = new ArrayList<>();
  private int[] codes = new int[1024];
  private int rows;

  CsvColumn(FileRoom room) {
    this.room = room;
  }

  void add(String cell) {
    if (rows == codes.length) {
      codes = Arrays.copyOf(codes, rows * 2);
    }
    room.take(Integer.BYTES);
    codes[rows++] = cell.isEmpty() ? MISSING : coded(cell);
  }

  private int coded(String cell) {
    Integer known = codeByText.get(cell);
    if (known != null) {
      return known;
    }
    room.takeText(cell);
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

  @Override
  public Datum datum(int row) {
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

  @Override
  public double number(int row) {
    int code = codes[row];
    return code == MISSING ? Double.NaN : values.get(code);
  }

  @Override
  public int code(int row) {
    return codes[row];
  }

  @Override
  public List<String> words() {
    return Collections.unmodifiableList(texts);
  }
}
