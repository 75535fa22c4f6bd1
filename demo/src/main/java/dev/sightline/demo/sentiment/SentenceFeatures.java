package dev.sightline.demo.sentiment;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/// Turns a sentence into what the classifier sees of it.
///
/// | Feature      | Stands for                                                              |
/// |--------------|-------------------------------------------------------------------------|
/// | `word=…`     | a word; `not_…` after a negation, up to the next punctuation mark        |
/// | `pair=… …`   | two neighbouring words                                                  |
/// | `praise=n`   | at least `n` praising words, a negated blame among them; `n` up to 4     |
/// | `blame=n`    | the same for blaming words                                              |
/// | `balance=n`  | which of the two prevails: -1, 0, 1; `balance=±2` by more than one word  |
final class SentenceFeatures {
  private static final int MOST_COUNTED = 4;
  private static final Set<String> NEGATIONS =
      Set.of(
          "not", "no", "never", "nobody", "nothing", "without", "cannot", "none", "nor", "hardly",
          "neither");

  private final Lexicon lexicon;

  SentenceFeatures(Lexicon lexicon) {
    this.lexicon = lexicon;
  }

  String[] of(String sentence) {
    return new Reading().read(sentence.toLowerCase(Locale.ROOT));
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '\'';
  }

  /// One pass over one sentence.
  private final class Reading {
    private final Set<String> features = new LinkedHashSet<>();
    private String previous = "";
    private boolean negated;
    private int praises;
    private int blames;

    String[] read(String sentence) {
      int start = 0;
      for (int at = 0; at <= sentence.length(); at++) {
        if (at == sentence.length() || !isWordPart(sentence.charAt(at))) {
          if (at > start) {
            word(sentence.substring(start, at));
          }
          if (at < sentence.length() && !Character.isWhitespace(sentence.charAt(at))) {
            negated = false;
            previous = "";
          }
          start = at + 1;
        }
      }
      addCounts();
      return features.toArray(String[]::new);
    }

    private void word(String word) {
      features.add("word=" + (negated ? "not_" : "") + word);
      features.add("pair=" + previous + " " + word);
      Sentiment sentiment = lexicon.of(word);
      if (sentiment != null) {
        if ((sentiment == Sentiment.POSITIVE) != negated) {
          praises++;
        } else {
          blames++;
        }
      }
      negated |= NEGATIONS.contains(word) || word.endsWith("n't");
      previous = word;
    }

    private void addCounts() {
      for (int n = 1; n <= Math.min(praises, MOST_COUNTED); n++) {
        features.add("praise=" + n);
      }
      for (int n = 1; n <= Math.min(blames, MOST_COUNTED); n++) {
        features.add("blame=" + n);
      }
      int balance = praises - blames;
      features.add("balance=" + Integer.signum(balance));
      if (Math.abs(balance) > 1) {
        features.add("balance=" + 2 * Integer.signum(balance));
      }
    }
  }
}
