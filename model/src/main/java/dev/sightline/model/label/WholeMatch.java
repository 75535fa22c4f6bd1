package dev.sightline.model.label;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A regular expression that must match a whole value, as label matchers and relabelling do.
public final class WholeMatch {
  /*
   * RE2/J costs microseconds a match, and most expressions that people write are lists of words (`a|b|c`),
   * a prefix (`api-.*`) or `.*` and `.+`. Those are recognised here and never reach the engine.
   */
  private static final String META = "\\.+*?()|[]{}^$";

  private final String regex;
  private final Set<String> words;
  private final @Nullable String prefix;
  private final boolean prefixNeedsMore;
  private final @Nullable Pattern pattern;

  private WholeMatch(
      String regex,
      Set<String> words,
      @Nullable String prefix,
      boolean prefixNeedsMore,
      @Nullable Pattern pattern) {
    this.regex = regex;
    this.words = words;
    this.prefix = prefix;
    this.prefixNeedsMore = prefixNeedsMore;
    this.pattern = pattern;
  }

  /// @throws BadPatternException if it is malformed or too large
  public static WholeMatch of(String regex) {
    List<String> words = literals(regex);
    if (words != null) {
      return new WholeMatch(regex, new LinkedHashSet<>(words), null, false, null);
    }
    if (regex.endsWith(".*") || regex.endsWith(".+")) {
      String head = regex.substring(0, regex.length() - 2);
      if (isLiteral(head)) {
        return new WholeMatch(regex, Set.of(), head, regex.endsWith("+"), null);
      }
    }
    Pattern pattern = BoundedPattern.compile("^(?s:" + checked(regex) + ")$", 0);
    return new WholeMatch(regex, Set.of(), null, false, pattern);
  }

  public boolean matches(String value) {
    if (prefix != null) {
      return value.startsWith(prefix) && (!prefixNeedsMore || value.length() > prefix.length());
    }
    return pattern == null ? words.contains(value) : pattern.matches(value);
  }

  /// The only values that match, where the expression is a list of words; otherwise empty.
  public Set<String> words() {
    return words;
  }

  /// The engine's pattern over the whole value, with its groups; for replacements such as
  /// relabelling's.
  public Pattern pattern() {
    return pattern != null ? pattern : BoundedPattern.compile("^(?s:" + regex + ")$", 0);
  }

  /// Whether both are written alike.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof WholeMatch match && regex.equals(match.regex);
  }

  @Override
  public int hashCode() {
    return regex.hashCode();
  }

  @Override
  public String toString() {
    return regex;
  }

  /// Compiles on its own first, so that `a)(b` is refused and messages show what the user wrote.
  private static String checked(String regex) {
    BoundedPattern.compile(regex, 0);
    return regex;
  }

  private static @Nullable List<String> literals(String regex) {
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= regex.length(); i++) {
      if (i == regex.length() || regex.charAt(i) == '|') {
        String word = regex.substring(start, i);
        if (!isLiteral(word)) {
          return null;
        }
        words.add(word);
        start = i + 1;
      }
    }
    return words;
  }

  private static boolean isLiteral(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (META.indexOf(text.charAt(i)) >= 0) {
        return false;
      }
    }
    return true;
  }
}
