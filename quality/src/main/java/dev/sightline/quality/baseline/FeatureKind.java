package dev.sightline.quality.baseline;

import java.util.Locale;

/// What the values of a feature are, and so how they are compared.
public enum FeatureKind {
  NUMBER,
  /// True or false.
  FLAG,
  /// One of some words.
  WORD,
  /// Sentences: compared by properties such as their length.
  TEXT,
  /// Nearly every row has another one: an id, which always differs and is not compared.
  NAME,
  /// Lists of numbers of one length, such as embeddings.
  VECTOR;

  /// The word for it in configuration, API and files.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// @throws IllegalArgumentException in the user's words
  public static FeatureKind ofWord(String word) {
    for (FeatureKind kind : values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("must be number, flag, word, text, name or vector");
  }
}
