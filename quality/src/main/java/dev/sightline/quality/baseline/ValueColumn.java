package dev.sightline.quality.baseline;

import dev.sightline.model.prediction.Datum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Cells that were sent with their types: numbers as they are, each different text once. Lists and
/// objects count as missing. Used by one thread.
final class ValueColumn implements FileColumn {
  private static final int NUMBER = -2;
  private static final double WHOLE_LIMIT = 1L << 53;

  private final FileRoom room;
  private final Map<String, Integer> codeByText = new HashMap<>();
  private final List<String> words = new ArrayList<>();
  private double[] numbers = new double[1024];
  private int[] codes = new int[1024];
  private int rows;

  ValueColumn(FileRoom room) {
    this.room = room;
  }

  void add(Datum cell) {
    if (rows == codes.length) {
      codes = Arrays.copyOf(codes, rows * 2);
      numbers = Arrays.copyOf(numbers, rows * 2);
    }
    room.take(Integer.BYTES + Double.BYTES);
    codes[rows] =
        switch (cell) {
          case Datum.Amount _ -> NUMBER;
          case Datum.Text(String text) -> coded(text);
          case Datum.Flag(boolean flag) -> coded(flag ? "true" : "false");
          case Datum.Missing _, Datum.Items _, Datum.Fields _ -> MISSING;
        };
    numbers[rows] =
        switch (cell) {
          case Datum.Amount(double amount) -> amount;
          case Datum.Flag(boolean flag) -> flag ? 1 : 0;
          case Datum.Text _, Datum.Missing _, Datum.Items _, Datum.Fields _ -> Double.NaN;
        };
    rows++;
  }

  private int coded(String text) {
    Integer known = codeByText.get(text);
    if (known != null) {
      return known;
    }
    room.takeText(text);
    codeByText.put(text, words.size());
    words.add(text);
    return words.size() - 1;
  }

  @Override
  public Datum datum(int row) {
    int code = codes[row];
    if (code == MISSING) {
      return new Datum.Missing();
    }
    if (code == NUMBER) {
      return new Datum.Amount(numbers[row]);
    }
    return Double.isNaN(numbers[row])
        ? new Datum.Text(words.get(code))
        : new Datum.Flag(numbers[row] != 0);
  }

  @Override
  public double number(int row) {
    return numbers[row];
  }

  /// Numbers become texts only where somebody wants them as such: classes, mostly.
  @Override
  public int code(int row) {
    return codes[row] == NUMBER ? coded(text(numbers[row])) : codes[row];
  }

  private static String text(double number) {
    return number == Math.rint(number) && Math.abs(number) < WHOLE_LIMIT
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  @Override
  public List<String> words() {
    return Collections.unmodifiableList(words);
  }
}
