package dev.sightline.quality.baseline;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// The words that are usual in the texts of a reference.
///
/// @param words in lower case
public record Vocabulary(Set<String> words) {
  public static final Vocabulary NONE = new Vocabulary(Set.of());

  /*
   * Texts of the reference know their own words, and fresh texts of the same kind do not: measured on
   * the texts that a vocabulary was learnt from, rare words are too few, and whatever comes later looks
   * like drift. So it is learnt from one half of all texts, chosen by a hash, and rare words are
   * counted in the texts of the other half alone, on both sides.
   */
  private static final long USUAL_FROM = 3;

  private static final int MOST_WORDS = 20_000;

  public Vocabulary {
    words = Set.copyOf(words);
  }

  /// @param counts of texts: how many rows have each
  static Vocabulary of(Map<String, Long> counts) {
    Map<String, Long> rows = new HashMap<>();
    Set<String> inText = new HashSet<>();
    counts.forEach(
        (text, count) -> {
          if (!learnsFrom(text)) {
            return;
          }
          inText.clear();
          forEachWord(text, inText::add);
          inText.forEach(word -> rows.merge(word, count, Long::sum));
        });
    List<Map.Entry<String, Long>> usual =
        rows.entrySet().stream()
            .filter(entry -> entry.getValue() >= USUAL_FROM)
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(MOST_WORDS)
            .toList();
    return new Vocabulary(usual.stream().map(Map.Entry::getKey).collect(Collectors.toSet()));
  }

  /// Whether a text belongs to the half that vocabularies are learnt from. Kept with references, so
  /// the rule never changes.
  static boolean learnsFrom(String text) {
    return text.hashCode() * 0x9e37_79b9 >>> 31 == 0;
  }

  boolean has(String word) {
    return words.contains(word);
  }

  /// A word is a run of letters and digits, in lower case.
  static void forEachWord(String text, Consumer<String> into) {
    StringBuilder word = new StringBuilder();
    for (int at = 0; at < text.length(); ) {
      int letter = text.codePointAt(at);
      at += Character.charCount(letter);
      if (Character.isLetterOrDigit(letter)) {
        word.appendCodePoint(Character.toLowerCase(letter));
      } else if (!word.isEmpty()) {
        into.accept(word.toString());
        word.setLength(0);
      }
    }
    if (!word.isEmpty()) {
      into.accept(word.toString());
    }
  }
}
