package dev.sightline.quality.performance;

import dev.sightline.model.prediction.PredictionColumns.Column.Texts;
import dev.sightline.model.query.QueryException;
import dev.sightline.quality.rows.NamedWords;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Gives classes numbers, in the order in which they are met, whichever column they are met in.
final class ClassCodes {
  /// More are rather texts or numbers than classes.
  static final int MOST = 200;

  private final String model;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> names = new ArrayList<>();

  ClassCodes(String model) {
    this.model = model;
  }

  int of(String name) {
    Integer known = numbers.get(name);
    if (known != null) {
      return known;
    }
    if (names.size() >= MOST) {
      throw new QueryException.LimitExceeded(
          "model \""
              + model
              + "\" has more than "
              + MOST
              + " different classes in this range; if it predicts numbers, set task: regression");
    }
    int number = names.size();
    names.add(name);
    numbers.put(name, number);
    return number;
  }

  /// @return of each of their numbers, ours
  int[] numbersOf(ClassCodes other) {
    return other.names.stream().mapToInt(this::of).toArray();
  }

  int size() {
    return names.size();
  }

  /// In the order in which they are shown: numbers by value, anything else by the alphabet.
  List<String> sorted() {
    List<String> sorted = new ArrayList<>(names);
    boolean areNumbers = names.stream().allMatch(ClassCodes::isNumber);
    sorted.sort(
        areNumbers ? Comparator.comparingDouble(Double::parseDouble) : Comparator.naturalOrder());
    return sorted;
  }

  /// @return of each number, its place among the sorted names
  int[] places() {
    List<String> sorted = sorted();
    return IntStream.range(0, names.size()).map(at -> sorted.indexOf(names.get(at))).toArray();
  }

  private static boolean isNumber(String name) {
    try {
      return !Double.isNaN(Double.parseDouble(name));
    } catch (NumberFormatException _) {
      return false;
    }
  }

  /// The class numbers of one column, whose own codes are others.
  final class Column {
    private static final int UNKNOWN = -1;
    private int[] numberByCode = {};

    /// @return -1 where the row has no class
    int at(Texts column, int row) {
      int code = column.codes()[row];
      int known = code >= 0 && code < numberByCode.length ? numberByCode[code] : UNKNOWN;
      return known == UNKNOWN ? learned(column, code) : known;
    }

    private int learned(Texts column, int code) {
      if (code < 0) {
        return code == Texts.OTHER ? of(NamedWords.OTHER) : -1;
      }
      if (code >= numberByCode.length) {
        int known = numberByCode.length;
        numberByCode = Arrays.copyOf(numberByCode, column.words().size());
        Arrays.fill(numberByCode, known, numberByCode.length, UNKNOWN);
      }
      if (numberByCode[code] == UNKNOWN) {
        numberByCode[code] = of(column.words().get(code));
      }
      return numberByCode[code];
    }
  }
}
