package dev.sightline.demo.sentiment;

/// What a sentence says about its subject.
public enum Sentiment {
  POSITIVE("positive"),
  NEGATIVE("negative");

  private final String label;

  Sentiment(String label) {
    this.label = label;
  }

  /// The word that stands for it in answers and ground truths.
  public String label() {
    return label;
  }

  static Sentiment ofMark(char mark) {
    return switch (mark) {
      case '+' -> POSITIVE;
      case '-' -> NEGATIVE;
      default -> throw new IllegalStateException("BUG: no sentiment is marked with " + mark);
    };
  }
}
