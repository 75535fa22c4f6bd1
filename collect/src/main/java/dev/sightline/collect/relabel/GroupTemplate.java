package dev.sightline.collect.relabel;

import com.google.re2j.Matcher;
import java.util.Map;

/// Text with references to the groups of a match, in Go's notation: `$1`, `${1}`, `${name}` and
/// `$name` for the group, `$$` for a dollar sign.
///
/// A name is as long as letters, digits and underscores go: `$1x` is the group `1x`, which does not
/// exist and leaves nothing. A dollar sign that begins no reference stands for itself.
final class GroupTemplate {
  private GroupTemplate() {}

  static String expand(String template, Matcher match) {
    if (template.indexOf('$') < 0) {
      return template;
    }
    StringBuilder expanded = new StringBuilder();
    int at = 0;
    while (at < template.length()) {
      char c = template.charAt(at);
      if (c != '$') {
        expanded.append(c);
        at++;
      } else if (template.startsWith("$$", at)) {
        expanded.append('$');
        at += 2;
      } else {
        boolean braced = template.startsWith("${", at);
        int from = at + (braced ? 2 : 1);
        int to = nameEnd(template, from);
        boolean reference =
            to > from && (!braced || (to < template.length() && template.charAt(to) == '}'));
        expanded.append(reference ? group(template.substring(from, to), match) : "$");
        at = reference ? to + (braced ? 1 : 0) : at + 1;
      }
    }
    return expanded.toString();
  }

  private static int nameEnd(String template, int from) {
    int to = from;
    while (to < template.length()
        && (Character.isLetterOrDigit(template.charAt(to)) || template.charAt(to) == '_')) {
      to++;
    }
    return to;
  }

  private static String group(String name, Matcher match) {
    Map<String, Integer> names = match.pattern().namedGroups();
    int number = names.getOrDefault(name, -1);
    if (number < 0 && name.length() <= 4 && name.chars().allMatch(c -> c >= '0' && c <= '9')) {
      number = Integer.parseInt(name);
    }
    String found = number < 0 || number > match.groupCount() ? null : match.group(number);
    return found == null ? "" : found;
  }
}
