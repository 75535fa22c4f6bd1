package dev.sightline.quality.inputs;

import dev.sightline.quality.baseline.RowSample;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Samples of rows of two windows as numbers, the same features in the same places.
///
/// @param names of features of the reference
/// @param reference by feature, then by row, in the order of time; NaN is missing
/// @param current of the same features; all missing where the window has none of one
@SuppressWarnings("ArrayRecordComponent") // never compared
record Aligned(List<String> names, double[][] reference, double[][] current) {

  /// Words by the number of their first appearance: for trees.
  static Aligned byWord(RowSample reference, RowSample current) {
    return of(
        reference,
        current,
        (before, now, _) -> {
          Map<String, Double> numbers = new HashMap<>();
          for (String word : before) {
            numbers.putIfAbsent(word, (double) numbers.size());
          }
          for (String word : now) {
            numbers.putIfAbsent(word, (double) numbers.size());
          }
          return numbers;
        },
        Double.NaN);
  }

  /// Words by the share of rows of the reference that have them, 0 for those that none has: where
  /// only size matters.
  static Aligned byFrequency(RowSample reference, RowSample current) {
    return of(
        reference,
        current,
        (before, _, rows) -> {
          double known = Arrays.stream(rows).filter(value -> !Double.isNaN(value)).count();
          Map<String, Double> shares = new HashMap<>();
          for (double row : rows) {
            if (!Double.isNaN(row)) {
              shares.merge(before.get((int) row), 1 / known, Double::sum);
            }
          }
          return shares;
        },
        0);
  }

  /// Finds a number for each word of both windows.
  private interface Coding {
    /// @param rows of the reference, places of its words
    Map<String, Double> of(List<String> reference, List<String> current, double[] rows);
  }

  private static Aligned of(
      RowSample reference, RowSample current, Coding coding, double otherwise) {
    int features = reference.names().size();
    double[][] before = new double[features][];
    double[][] now = new double[features][];
    for (int feature = 0; feature < features; feature++) {
      int there = current.names().indexOf(reference.names().get(feature));
      List<String> words = reference.words().get(feature);
      List<String> wordsNow = there < 0 ? List.of() : current.words().get(there);
      double[] missing = new double[current.rows()];
      Arrays.fill(missing, Double.NaN);
      double[] values = there < 0 ? missing : current.values()[there];
      if (words.isEmpty() && wordsNow.isEmpty()) {
        before[feature] = reference.values()[feature].clone();
        now[feature] = values.clone();
      } else {
        Map<String, Double> numbers = coding.of(words, wordsNow, reference.values()[feature]);
        before[feature] = coded(reference.values()[feature], words, numbers, otherwise);
        now[feature] = coded(values, wordsNow, numbers, otherwise);
      }
    }
    return new Aligned(reference.names(), before, now);
  }

  private static double[] coded(
      double[] places, List<String> words, Map<String, Double> numbers, double otherwise) {
    return Arrays.stream(places)
        .map(
            place ->
                Double.isNaN(place)
                    ? Double.NaN
                    : numbers.getOrDefault(words.get((int) place), otherwise))
        .toArray();
  }

  int nReference() {
    return reference.length == 0 ? 0 : reference[0].length;
  }

  int nCurrent() {
    return current.length == 0 ? 0 : current[0].length;
  }

  /// Every second row.
  ///
  /// @param from 0 or 1
  static double[][] everyOther(double[][] features, int from) {
    return Arrays.stream(features)
        .map(
            values ->
                IntStream.range(0, values.length)
                    .filter(row -> row % 2 == from)
                    .mapToDouble(row -> values[row])
                    .toArray())
        .toArray(double[][]::new);
  }
}
