package dev.sightline.demo.sentiment;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Words that say by themselves what their writer thinks.
final class Lexicon {
  private static final int SHORTEST_STEM = 3;

  /// Words and stems; a stem ends with a star.
  private final Map<String, Sentiment> sentiments = new HashMap<>();

  /// @param lines each a mark of sentiment and the words that carry it
  Lexicon(List<String> lines) {
    for (String line : lines) {
      if (!line.startsWith("#")) {
        Sentiment sentiment = Sentiment.ofMark(line.charAt(0));
        for (String word : line.substring(2).split(" ", -1)) {
          sentiments.put(word, sentiment);
        }
      }
    }
  }

  /// @return null for a word that carries none
  @Nullable Sentiment of(String word) {
    Sentiment whole = sentiments.get(word);
    for (int length = word.length(); whole == null && length >= SHORTEST_STEM; length--) {
      whole = sentiments.get(word.substring(0, length) + "*");
    }
    return whole;
  }
}
