package dev.sightline.quality.drift;

import dev.sightline.quality.baseline.FeatureColumn;
import dev.sightline.stats.column.PairedCounts;
import java.util.List;
import java.util.TreeSet;

/// Two columns of words side by side.
final class Pairs {
  private Pairs() {}

  /// Of both sides, by the alphabet.
  static List<String> words(FeatureColumn.Words reference, FeatureColumn.Words current) {
    TreeSet<String> words = new TreeSet<>(reference.counts().keySet());
    words.addAll(current.counts().keySet());
    return List.copyOf(words);
  }

  /// By the order of [#words].
  static PairedCounts counts(FeatureColumn.Words reference, FeatureColumn.Words current) {
    List<String> words = words(reference, current);
    long[] first = new long[words.size()];
    long[] second = new long[words.size()];
    for (int word = 0; word < words.size(); word++) {
      first[word] = reference.counts().getOrDefault(words.get(word), 0L);
      second[word] = current.counts().getOrDefault(words.get(word), 0L);
    }
    return new PairedCounts(first, second);
  }
}
