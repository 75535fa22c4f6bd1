package dev.sightline.alerting.route;

import dev.sightline.model.label.Label;
import dev.sightline.model.label.Labels;
import dev.sightline.model.label.Matcher;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// What Alertmanager calls a route and a group, letter by letter: receivers keep these names.
public final class GroupName {
  private static final Comparator<Matcher> ORDER =
      Comparator.comparing(Matcher::name)
          .thenComparing(Matcher::value)
          .thenComparing(Matcher::operator);

  private GroupName() {}

  /// @return such as `{alertname="Down",job=~"a|b"}`
  public static String of(List<Matcher> matchers) {
    return matchers.stream()
        .sorted(ORDER)
        .map(each -> each.name() + each.operator().sign() + quoted(each.value()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  /// @return such as `{}/{team="a"}:{alertname="Down", job="b"}`
  public static String of(Route route, Labels group) {
    return route.key()
        + ":"
        + group.toList().stream()
            .map((Label label) -> label.name() + "=" + quoted(label.value()))
            .collect(Collectors.joining(", ", "{", "}"));
  }

  /// As Go writes a text between quotes.
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '"', '\\' -> quoted.append('\\').append((char) c);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                  if (c < 0x20 || c == 0x7f) {
                    quoted.append("\\x%02x".formatted(c));
                  } else {
                    quoted.appendCodePoint(c);
                  }
                }
              }
            });
    return quoted.append('"').toString();
  }
}
