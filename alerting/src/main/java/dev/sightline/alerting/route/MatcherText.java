package dev.sightline.alerting.route;

import dev.sightline.model.label.BadPatternException;
import dev.sightline.model.label.MatchOperator;
import dev.sightline.model.label.Matcher;
import java.util.ArrayList;
import java.util.List;

/// Reads matchers as Alertmanager's files and its API write them: `severity="page"`, `team=~a|b`,
/// several between braces, quotes only where they are needed.
public final class MatcherText {
  private final String text;
  private int at;

  private MatcherText(String text) {
    this.text = text;
  }

  /// @return one matcher or more
  /// @throws IllegalArgumentException with a message in the user's words
  public static List<Matcher> parse(String text) {
    return new MatcherText(text).all();
  }

  private List<Matcher> all() {
    skipSpace();
    boolean braced = skip('{');
    List<Matcher> matchers = new ArrayList<>();
    skipSpace();
    while (at < text.length() && !(braced && text.charAt(at) == '}')) {
      matchers.add(one(braced));
      skipSpace();
      if (!skip(',')) {
        break;
      }
      skipSpace();
    }
    if (braced && !skip('}')) {
      throw bad("ends without }");
    }
    skipSpace();
    if (at < text.length()) {
      throw bad("has \"" + text.substring(at) + "\" behind its end");
    }
    return List.copyOf(matchers);
  }

  private Matcher one(boolean braced) {
    String name = isAt('"') ? quoted() : bareName();
    if (name.isEmpty()) {
      throw bad("needs the name of a label before its operator");
    }
    skipSpace();
    MatchOperator operator = operator();
    skipSpace();
    String value = isAt('"') ? quoted() : bareValue(braced);
    try {
      return new Matcher(name, operator, value);
    } catch (BadPatternException unusable) {
      throw new IllegalArgumentException(unusable.getMessage(), unusable);
    }
  }

  private String bareName() {
    int start = at;
    while (at < text.length() && "=!~{}\",".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at).strip();
  }

  /// Up to a comma or the end.
  private String bareValue(boolean braced) {
    int start = at;
    while (at < text.length()
        && text.charAt(at) != ','
        && !(braced && text.charAt(at) == '}' && text.substring(at + 1).isBlank())) {
      if (text.charAt(at) == '"') {
        throw bad("has a quote within a value that does not begin with one");
      }
      at++;
    }
    return text.substring(start, at).strip();
  }

  private MatchOperator operator() {
    for (MatchOperator each :
        List.of(
            MatchOperator.REGEX,
            MatchOperator.NOT_REGEX,
            MatchOperator.NOT_EQUAL,
            MatchOperator.EQUAL)) {
      if (text.startsWith(each.sign(), at)) {
        at += each.sign().length();
        return each;
      }
    }
    throw bad("needs =, !=, =~ or !~ behind the name of a label");
  }

  private String quoted() {
    StringBuilder value = new StringBuilder();
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at++);
      if (c == '\\' && at < text.length()) {
        char escaped = text.charAt(at++);
        switch (escaped) {
          case 'n' -> value.append('\n');
          case '"', '\\' -> value.append(escaped);
          default -> value.append(c).append(escaped);
        }
      } else {
        value.append(c);
      }
    }
    if (!skip('"')) {
      throw bad("has a quote that is not closed");
    }
    return value.toString();
  }

  private boolean isAt(char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  private boolean skip(char c) {
    if (isAt(c)) {
      at++;
      return true;
    }
    return false;
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private IllegalArgumentException bad(String what) {
    String shown = text.length() <= 200 ? text : text.substring(0, 200) + "…";
    return new IllegalArgumentException("the matcher `" + shown + "` " + what);
  }
}
