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

  /// A word of fewer texts is unusual. It must not be 1: then each text of the reference would know
  /// all of its own words, and fresh texts of the same kind would look like drift.
  private static final long USUAL_FROM = 5;

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
