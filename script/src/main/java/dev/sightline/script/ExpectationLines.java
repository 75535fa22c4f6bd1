package dev.sightline.script;

import dev.sightline.script.Expectation.Saying;
import dev.sightline.script.Expectation.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the lines below an `eval`: those that begin with `expect`, and the series.
final class ExpectationLines {
  private static final Pattern WINDOW =
      Pattern.compile("range vector from (\\S+) to (\\S+) step (\\S+)");

  private final int line;
  private boolean fails;
  private @Nullable Saying failure;
  private final List<Saying> warnings = new ArrayList<>();
  private final List<Saying> infos = new ArrayList<>();
  private boolean noWarnings;
  private boolean noInfos;
  private boolean ordered;
  private @Nullable String text;
  private @Nullable Times window;
  private final List<String> series = new ArrayList<>();

  private ExpectationLines(int line) {
    this.line = line;
  }

  /// @param word `eval`, or one of its older forms such as `eval_fail`
  static Expectation read(int line, String word, List<String> body) {
    ExpectationLines lines = new ExpectationLines(line);
    lines.fails = word.equals("eval_fail");
    lines.ordered = word.equals("eval_ordered");
    if (word.equals("eval_warn")) {
      lines.warnings.add(Saying.ANYTHING);
    }
    if (word.equals("eval_info")) {
      lines.infos.add(Saying.ANYTHING);
    }
    body.forEach(lines::read);
    return lines.expectation();
  }

  private void read(String content) {
    if (content.startsWith("expect ")) {
      directive(content.substring("expect ".length()).strip());
    } else if (content.startsWith("expected_fail_message ")) {
      failure = new Saying(content.substring("expected_fail_message ".length()).strip(), false);
    } else if (content.startsWith("expected_fail_regexp ")) {
      failure = new Saying(content.substring("expected_fail_regexp ".length()).strip(), true);
    } else {
      series.add(content);
    }
  }

  private void directive(String directive) {
    String[] words = directive.split("\\s+", 2);
    String rest = words.length > 1 ? words[1] : "";
    switch (words[0]) {
      case "fail" -> {
        fails = true;
        failure = rest.isEmpty() ? null : saying(rest);
      }
      case "warn" -> warnings.add(saying(rest));
      case "info" -> infos.add(saying(rest));
      case "no_warn" -> noWarnings = true;
      case "no_info" -> noInfos = true;
      case "ordered" -> ordered = true;
      case "string" -> text = rest.substring(1, rest.length() - 1);
      case "range" -> {
        Matcher times = WINDOW.matcher(directive);
        if (!times.matches()) {
          throw new ScriptException(line, "unknown expectation: " + directive);
        }
        window =
            new Times(
                Durations.ms(times.group(1)),
                Durations.ms(times.group(2)),
                Durations.ms(times.group(3)));
      }
      default -> throw new ScriptException(line, "unknown expectation: " + directive);
    }
  }

  private Saying saying(String text) {
    if (text.isEmpty()) {
      return Saying.ANYTHING;
    }
    if (text.startsWith("msg:")) {
      return new Saying(text.substring("msg:".length()).strip(), false);
    }
    if (text.startsWith("regex:")) {
      return new Saying(text.substring("regex:".length()).strip(), true);
    }
    throw new ScriptException(line, "neither `msg:` nor `regex:`: " + text);
  }

  private Expectation expectation() {
    return new Expectation(
        fails, failure, warnings, infos, noWarnings, noInfos, ordered, text, window, series);
  }
}
