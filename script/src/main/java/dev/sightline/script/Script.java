package dev.sightline.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads scripts.
///
/// ```
/// # A comment, which ends a command as an empty line does.
/// load 1m
///   requests_total{model="credit"} 0+10x5 _ stale
///
/// eval instant at 4m rate(requests_total[2m])
///   {model="credit"} 0.16666
///
/// eval range from 0 to 2m step 1m requests_total
///   expect no_warn
///   requests_total{model="credit"} 0 10 20
///
/// eval instant at 0 rate(requests_total)
///   expect fail regex: expected type range vector
///
/// clear
/// ```
///
/// Scripts about logs load and expect lines:
///
/// ```
/// load
///   {app="scorer"} 10s level=error msg="no features"
///   {app="scorer"} 20s meta{request_id="r1"} a line with metadata of its own
///   {app="scorer"} 30s+1s*10 ten equal lines, a second apart
///
/// eval lines from 0 to 1m forward limit 5 {app="scorer"} |= "error" | logfmt
///   10s {app="scorer", level="error", msg="no features"} level=error msg="no features"
/// ```
public final class Script {
  private static final Pattern INSTANT = Pattern.compile("instant\\s+at\\s+(\\S+)\\s+(.+)");
  private static final Pattern RANGE =
      Pattern.compile("range\\s+from\\s+(\\S+)\\s+to\\s+(\\S+)\\s+step\\s+(\\S+)\\s+(.+)");

  private static final Pattern LINES =
      Pattern.compile(
          "lines\\s+from\\s+(\\S+)\\s+to\\s+(\\S+)(\\s+forward)?(?:\\s+limit\\s+(\\d+))?\\s+(.+)");

  private final List<String> lines;
  private int at;

  private Script(List<String> lines) {
    this.lines = lines;
  }

  /// @throws ScriptException with the line, if it is no script
  public static List<Command> parse(String text) {
    Script script = new Script(text.lines().map(String::strip).map(Script::uncommented).toList());
    List<Command> commands = new ArrayList<>();
    while (script.at < script.lines.size()) {
      String line = script.lines.get(script.at++);
      if (!line.isEmpty()) {
        commands.add(script.command(line));
      }
    }
    return List.copyOf(commands);
  }

  private static String uncommented(String line) {
    return line.startsWith("#") ? "" : line;
  }

  private Command command(String line) {
    int number = at;
    String[] words = line.split("\\s+", 2);
    String word = words[0].toLowerCase(Locale.ROOT);
    String rest = words.length > 1 ? words[1] : "";
    try {
      if (word.equals("clear")) {
        return new Command.Clear(number);
      }
      if (word.startsWith("load")) {
        return new Command.Load(number, word, rest, body());
      }
      if (word.startsWith("eval")) {
        return eval(number, word, rest);
      }
    } catch (IllegalArgumentException bad) {
      throw new ScriptException(number, bad.getMessage() + ": " + line);
    }
    throw new ScriptException(number, "unknown command: " + line);
  }

  private List<String> body() {
    List<String> body = new ArrayList<>();
    while (at < lines.size() && !lines.get(at).isEmpty()) {
      body.add(lines.get(at++));
    }
    return body;
  }

  private Command eval(int number, String word, String rest) {
    Matcher instant = INSTANT.matcher(rest);
    Matcher range = RANGE.matcher(rest);
    Expectation expected = ExpectationLines.read(number, word, body());
    if (instant.matches()) {
      return new Command.EvalInstant(
          number, Durations.ms(instant.group(1)), instant.group(2), expected);
    }
    if (range.matches()) {
      return new Command.EvalRange(
          number,
          Durations.ms(range.group(1)),
          Durations.ms(range.group(2)),
          Durations.ms(range.group(3)),
          range.group(4),
          expected);
    }
    Matcher logs = LINES.matcher(rest);
    if (logs.matches()) {
      return new Command.EvalLines(
          number,
          Durations.ms(logs.group(1)),
          Durations.ms(logs.group(2)),
          logs.group(3) != null,
          logs.group(4) == null ? 100 : Integer.parseInt(logs.group(4)),
          logs.group(5),
          expected);
    }
    throw new ScriptException(
        number, "none of `instant at`, `range from … to … step`, `lines from … to …`: " + rest);
  }
}
