package dev.sightline.quality.baseline;

import dev.sightline.stats.learn.WordRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Draws some of many texts, by their words.
public final class TextSample {
  private static final int MOST_SAMPLED = 2_000;

  /// Of one text.
  private static final int MOST_WORDS = 300;

  private static final int FEWEST_TEXTS = 20;
  private static final double WORDS_OF_A_TEXT = 3;

  private TextSample() {}

  /// Texts as often as they occur, or in proportion to that: a hash of the text decides about parts
  /// of one.
  ///
  /// @param rows by text
  public static WordRows of(Map<String, Long> rows) {
    long n = rows.values().stream().mapToLong(Long::longValue).sum();
    double share = n <= MOST_SAMPLED ? 1 : (double) MOST_SAMPLED / n;
    List<List<String>> texts = new ArrayList<>();
    for (Map.Entry<String, Long> entry : new TreeMap<>(rows).entrySet()) {
      String text = entry.getKey();
      double copies = entry.getValue() * share;
      double part = (Keeper.mixed(29, text.hashCode()) >>> 11) * 0x1p-53;
      int whole = (int) Math.floor(copies + (share < 1 ? part : 0));
      List<String> words = whole == 0 ? List.of() : words(text);
      for (int copy = 0; copy < whole; copy++) {
        texts.add(words);
      }
    }
    return WordRows.of(texts);
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    Vocabulary.forEachWord(text, words::add);
    return List.copyOf(words.subList(0, Math.min(MOST_WORDS, words.size())));
  }

  /// Whether texts are sentences rather than names of categories.
  ///
  /// @param different of them
  /// @param texts how many there are, with how many words together
  public static boolean areSentences(long different, long texts, long words) {
    return different >= FEWEST_TEXTS && (double) words / texts >= WORDS_OF_A_TEXT;
  }

  /// The same of counted texts.
  public static boolean areSentences(Map<String, Long> rows) {
    long[] words = new long[1];
    for (String text : rows.keySet()) {
      Vocabulary.forEachWord(text, _ -> words[0]++);
    }
    return areSentences(rows.size(), rows.size(), words[0]);
  }
}
