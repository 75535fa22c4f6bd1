package dev.sightline.stats.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Texts as the words that they have, without their order.
///
/// @param words different ones
/// @param rows by text: places in `words`, rising, as often as the word occurs
@SuppressWarnings("ArrayRecordComponent") // never compared
public record WordRows(List<String> words, int[][] rows) {
  public WordRows {
    words = List.copyOf(words);
  }

  /// @param texts each as its words, in any order
  public static WordRows of(List<List<String>> texts) {
    Map<String, Integer> places = new HashMap<>();
    List<String> words = new ArrayList<>();
    int[][] rows = new int[texts.size()][];
    for (int row = 0; row < rows.length; row++) {
      List<String> text = texts.get(row);
      rows[row] = new int[text.size()];
      for (int each = 0; each < rows[row].length; each++) {
        String word = text.get(each);
        Integer known = places.putIfAbsent(word, words.size());
        if (known == null) {
          words.add(word);
        }
        rows[row][each] = known == null ? words.size() - 1 : known;
      }
      Arrays.sort(rows[row]);
    }
    return new WordRows(words, rows);
  }

  public int n() {
    return rows.length;
  }
}
