package dev.sightline.quality.baseline;

import java.util.Locale;

/// A number that says something about a text in any language.
public enum TextProperty {
  /// Characters.
  LENGTH,
  WORDS,
  /// Letters and digits in a word.
  WORD_LENGTH,
  /// Share of letters that are upper case.
  UPPER_CASE,
  /// Share of characters that are digits.
  DIGITS,
  /// Share of characters that are neither letters, digits nor spaces.
  SIGNS,
  /// Share of letters that are not among a to z: accents, other scripts.
  NOT_ASCII,
  /// Share of words that few texts of the reference have; of every other text, see [Vocabulary].
  RARE_WORDS;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// What this property of a text feature is called.
  public String of(String feature) {
    return feature + "." + word();
  }

  /// All properties of a text, in the order of this enum.
  static double[] of(String text, Vocabulary usual) {
    int characters = 0;
    int letters = 0;
    int upper = 0;
    int digits = 0;
    int signs = 0;
    int notAscii = 0;
    for (int at = 0; at < text.length(); ) {
      int each = text.codePointAt(at);
      at += Character.charCount(each);
      characters++;
      if (Character.isLetter(each)) {
        letters++;
        upper += Character.isUpperCase(each) ? 1 : 0;
        notAscii += each > 0x7f ? 1 : 0;
      } else if (Character.isDigit(each)) {
        digits++;
      } else if (!Character.isWhitespace(each)) {
        signs++;
      }
    }
    int[] words = new int[2];
    Vocabulary.forEachWord(
        text,
        word -> {
          words[0]++;
          words[1] += usual.has(word) ? 0 : 1;
        });
    return new double[] {
      characters,
      words[0],
      share(letters + digits, words[0]),
      share(upper, letters),
      share(digits, characters),
      share(signs, characters),
      share(notAscii, letters),
      share(words[1], words[0])
    };
  }

  /// 0 where there is nothing to have a share of.
  private static double share(int part, int whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
