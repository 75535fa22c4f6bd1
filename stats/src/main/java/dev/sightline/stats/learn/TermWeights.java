package dev.sightline.stats.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Texts of two windows as numbers: how often a word stands in a text, times how rare it is in all,
/// K. Spärck Jones, "A statistical interpretation of term specificity" (1972).
///
/// @param words that stand in at least two texts
/// @param rows of the reference, then of the current window; each has length 1
/// @param nReference how many are of the reference
/// @param inReference texts of it that have a word, by word
/// @param inCurrent the same of the current window
@SuppressWarnings("ArrayRecordComponent") // never compared
public record TermWeights(
    List<String> words, SparseRows rows, int nReference, int[] inReference, int[] inCurrent) {
  private static final int FEWEST_TEXTS = 2;

  public TermWeights {
    words = List.copyOf(words);
  }

  /// A word that occurs t times in a text and is in d of n texts weighs `(1 + ln t) (1 + ln((1 + n)
  /// / (1 + d)))`; then the weights of a text are divided by their length. scikit-learn's
  /// `TfidfVectorizer` with `sublinear_tf`.
  public static TermWeights of(WordRows reference, WordRows current) {
    Map<String, int[]> texts = new HashMap<>();
    count(reference, 0, texts);
    count(current, 1, texts);
    List<String> words =
        texts.entrySet().stream()
            .filter(entry -> entry.getValue()[0] + entry.getValue()[1] >= FEWEST_TEXTS)
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    Map<String, Integer> columns = HashMap.newHashMap(words.size());
    int[] first = new int[words.size()];
    int[] second = new int[words.size()];
    double[] rarity = new double[words.size()];
    int n = reference.n() + current.n();
    for (int column = 0; column < first.length; column++) {
      int[] both = texts.getOrDefault(words.get(column), new int[2]);
      columns.put(words.get(column), column);
      first[column] = both[0];
      second[column] = both[1];
      rarity[column] = 1 + Math.log((1.0 + n) / (1.0 + both[0] + both[1]));
    }
    int[][] places = new int[n][];
    float[][] values = new float[n][];
    weigh(reference, columns, rarity, 0, places, values);
    weigh(current, columns, rarity, reference.n(), places, values);
    return new TermWeights(
        words, new SparseRows(words.size(), places, values), reference.n(), first, second);
  }

  private static void count(WordRows texts, int side, Map<String, int[]> into) {
    for (int[] row : texts.rows()) {
      for (int each = 0; each < row.length; each++) {
        if (each == 0 || row[each] != row[each - 1]) {
          into.computeIfAbsent(texts.words().get(row[each]), _ -> new int[2])[side]++;
        }
      }
    }
  }

  private static void weigh(
      WordRows texts,
      Map<String, Integer> columns,
      double[] rarity,
      int start,
      int[][] places,
      float[][] values) {
    int[] byWord =
        texts.words().stream().mapToInt(word -> columns.getOrDefault(word, -1)).toArray();
    for (int row = 0; row < texts.n(); row++) {
      List<int[]> entries = new ArrayList<>(); // column and how often
      int[] words = texts.rows()[row];
      for (int from = 0; from < words.length; ) {
        int to = from;
        while (to < words.length && words[to] == words[from]) {
          to++;
        }
        if (byWord[words[from]] >= 0) {
          entries.add(new int[] {byWord[words[from]], to - from});
        }
        from = to;
      }
      entries.sort((one, other) -> Integer.compare(one[0], other[0]));
      places[start + row] = entries.stream().mapToInt(entry -> entry[0]).toArray();
      values[start + row] = weights(entries, rarity);
    }
  }

  private static float[] weights(List<int[]> entries, double[] rarity) {
    double[] weights = new double[entries.size()];
    for (int each = 0; each < weights.length; each++) {
      int[] entry = entries.get(each);
      weights[each] = (1 + Math.log((double) entry[1])) * rarity[entry[0]];
    }
    double length = Math.sqrt(Arrays.stream(weights).map(weight -> weight * weight).sum());
    float[] scaled = new float[weights.length];
    for (int each = 0; each < scaled.length; each++) {
      scaled[each] = (float) (weights[each] / length);
    }
    return scaled;
  }
}
