package dev.sightline.model.label;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/// Compiles regular expressions that users wrote: RE2 (linear time), and none that would exhaust
/// the compiler.
public final class BoundedPattern {
  /*
   * RE2/J matches in linear time but compiles by recursion and by unrolling: 20,000 nested parentheses overflow
   * its stack, and nested repetitions multiply the program. So nesting and repetition are counted first.
   */
  public static final int MAX_LENGTH = 4_096;
  public static final int MAX_NESTING = 100;

  /// How often one atom may be repeated by counted repetitions, all levels multiplied.
  public static final int MAX_REPETITION = 1_000;

  private BoundedPattern() {}

  /// @param flags of [Pattern]
  /// @throws BadPatternException if it is malformed, too long, nested too deep or repeats too much
  public static Pattern compile(String regex, int flags) {
    if (regex.length() > MAX_LENGTH) {
      throw new BadPatternException(
          "regular expression of " + regex.length() + " characters, the limit is " + MAX_LENGTH);
    }
    checkNesting(regex);
    try {
      return Pattern.compile(regex, flags);
    } catch (PatternSyntaxException bad) {
      throw new BadPatternException("regular expression " + quote(regex) + ": " + bad.getMessage());
    }
  }

  private static void checkNesting(String regex) {
    int depth = 0;
    long[] repeatedAt = new long[MAX_NESTING + 2];
    repeatedAt[0] = 1;
    for (int i = 0; i < regex.length(); i++) {
      switch (regex.charAt(i)) {
        case '\\' -> i++;
        case '[' -> i = endOfClass(regex, i);
        case '(' -> {
          depth++;
          if (depth > MAX_NESTING) {
            throw new BadPatternException(
                "regular expression nested deeper than "
                    + MAX_NESTING
                    + " groups: "
                    + quote(regex));
          }
          repeatedAt[depth] = 1;
        }
        case ')' -> depth = Math.max(0, depth - 1);
        case '{' -> {
          long count = countAt(regex, i);
          // What was closed just before this brace was itself repeated: the counts multiply.
          long inner =
              i > 0 && regex.charAt(i - 1) == ')'
                  ? repeatedAt[Math.min(depth + 1, MAX_NESTING)]
                  : 1;
          long product = Math.max(count, 1) * Math.max(inner, 1);
          if (product > MAX_REPETITION) {
            throw new BadPatternException(
                "regular expression repeats more than "
                    + MAX_REPETITION
                    + " times: "
                    + quote(regex));
          }
          repeatedAt[depth] = Math.max(repeatedAt[depth], product);
        }
        default -> {}
      }
    }
  }

  private static int endOfClass(String regex, int open) {
    int i = open + 1;
    if (i < regex.length() && regex.charAt(i) == '^') {
      i++;
    }
    if (i < regex.length() && regex.charAt(i) == ']') {
      i++;
    }
    while (i < regex.length() && regex.charAt(i) != ']') {
      i += regex.charAt(i) == '\\' ? 2 : 1;
    }
    return i;
  }

  /// @return the larger bound of `{n}`, `{n,}` or `{n,m}`, or 0 where the brace is a plain
  ///   character
  private static long countAt(String regex, int brace) {
    long bound = 0;
    long number = 0;
    for (int i = brace + 1; i < regex.length() && i < brace + 16; i++) {
      char c = regex.charAt(i);
      if (c >= '0' && c <= '9') {
        number = Math.min(number * 10 + (c - '0'), 1_000_000);
      } else if (c == ',') {
        bound = Math.max(bound, number);
        number = 0;
      } else {
        return c == '}' ? Math.max(bound, number) : 0;
      }
    }
    return 0;
  }

  private static String quote(String regex) {
    return '"' + (regex.length() <= 200 ? regex : regex.substring(0, 200) + "…") + '"';
  }
}
