package dev.sightline.model.label;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/// Text with `$1`, `$name`, `${1}` or `${name}` in it, which stand for groups of a match; `$$` is a
/// dollar.
public final class Replacement {
  private Replacement() {}

  /// A group that the expression does not have, or that took no part, is empty.
  public static String expand(String template, Matcher match, Pattern pattern) {
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < template.length()) {
      int dollar = template.indexOf('$', at);
      if (dollar < 0) {
        return text.append(template, at, template.length()).toString();
      }
      text.append(template, at, dollar);
      boolean braced = dollar + 1 < template.length() && template.charAt(dollar + 1) == '{';
      int start = dollar + (braced ? 2 : 1);
      int end = nameEnd(template, start);
      boolean closed = !braced || (end < template.length() && template.charAt(end) == '}');
      if (template.startsWith("$", start) && !braced) {
        text.append('$');
        at = start + 1;
      } else if (end == start || !closed) {
        text.append('$');
        at = dollar + 1;
      } else {
        text.append(group(template.substring(start, end), match, pattern));
        at = end + (braced ? 1 : 0);
      }
    }
    return text.toString();
  }

  private static int nameEnd(String template, int start) {
    int end = start;
    while (end < template.length()
        && (Character.isLetterOrDigit(template.charAt(end)) || template.charAt(end) == '_')) {
      end++;
    }
    return end;
  }

  private static String group(String name, Matcher match, Pattern pattern) {
    String value = null;
    if (name.chars().allMatch(c -> c >= '0' && c <= '9')) {
      int number = name.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(name);
      value = number <= match.groupCount() ? match.group(number) : null;
    } else if (pattern.namedGroups().containsKey(name)) {
      value = match.group(name);
    }
    return value == null ? "" : value;
  }
}
