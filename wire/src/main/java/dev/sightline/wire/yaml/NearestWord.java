package dev.sightline.wire.yaml;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// Finds the word that was probably meant.
public final class NearestWord {
  private NearestWord() {}

  /// @return the known word with the fewest edits to `word`, or null if all are more than a third
  ///   of it away
  public static @Nullable String to(String word, Collection<String> known) {
    String nearest = null;
    int fewest = Math.max(1, word.length() / 3) + 1;
    for (String candidate : known) {
      int edits = edits(word, candidate);
      if (edits < fewest) {
        fewest = edits;
        nearest = candidate;
      }
    }
    return nearest;
  }

  /// Levenshtein's distance: insertions, deletions and replacements, each counted as one.
  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
