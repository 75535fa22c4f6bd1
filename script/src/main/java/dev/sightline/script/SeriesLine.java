package dev.sightline.script;

import dev.sightline.model.histogram.HistogramSum;
import dev.sightline.model.histogram.NativeHistogram;
import dev.sightline.model.label.Label;
import dev.sightline.model.label.Labels;
import dev.sightline.model.series.Staleness;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A series and its values in a row: `name{label="value"} 1 2 _ stale 5+10x3 7x2`.
///
/// `5+10x3` is 5 15 25 35, `7x2` is 7 7 7, `_` is no value, `_x3` is three times none. Histograms
/// stand in double braces, and repeat and grow as numbers do: `{{count:1}}+{{count:2}}x3`.
///
/// @param values null for none
public record SeriesLine(Labels labels, List<@Nullable SeriesValue> values) {
  private static final String NUMBER = "(?:inf|nan|(?:\\d+\\.?\\d*|\\.\\d+)(?:e[+-]?\\d+)?)";
  private static final Pattern RUN =
      Pattern.compile(
          "([+-]?" + NUMBER + ")(?:([+-]" + NUMBER + "))?(?:x(\\d+))?", Pattern.CASE_INSENSITIVE);
  private static final Pattern GAP = Pattern.compile("_(?:x(\\d+))?");
  private static final Pattern HISTOGRAMS =
      Pattern.compile("\\{\\{(.*?)}}(?:([+-])\\{\\{(.*?)}})?(?:x(\\d+))?(?=\\s|$)");

  /// @throws IllegalArgumentException if it is none
  public static SeriesLine parse(String line) {
    Cursor cursor = new Cursor(line);
    Labels labels = cursor.labels();
    return new SeriesLine(labels, values(line.substring(cursor.at).strip()));
  }

  private static List<@Nullable SeriesValue> values(String text) {
    List<@Nullable SeriesValue> values = new ArrayList<>();
    Matcher histograms = HISTOGRAMS.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (Character.isWhitespace(text.charAt(at))) {
        at++;
        continue;
      }
      if (text.startsWith(HistogramLiteral.OPEN, at)) {
        if (!histograms.find(at) || histograms.start() != at) {
          throw new IllegalArgumentException("no histogram: " + text.substring(at));
        }
        addHistograms(values, histograms);
        at = histograms.end();
        continue;
      }
      int end = at;
      while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
        end++;
      }
      addRun(values, text.substring(at, end));
      at = end;
    }
    return values;
  }

  private static void addHistograms(List<@Nullable SeriesValue> values, Matcher run) {
    SeriesValue first = HistogramLiteral.parse(run.group(1));
    NativeHistogram histogram = first.histogram();
    int more = run.group(4) == null ? 0 : Integer.parseInt(run.group(4));
    NativeHistogram change =
        run.group(3) == null ? null : HistogramLiteral.parse(run.group(3)).histogram();
    for (int i = 0; i <= more; i++) {
      if (histogram == null) {
        throw new IllegalStateException("BUG: no histogram in " + run.group());
      }
      values.add(SeriesValue.of(histogram, first.hinted()));
      if (change != null) {
        HistogramSum sum = new HistogramSum(histogram);
        if (run.group(2).equals("+")) {
          sum.add(change);
        } else {
          sum.subtract(change);
        }
        histogram = sum.result();
      }
    }
  }

  private static void addRun(List<@Nullable SeriesValue> values, String word) {
    Matcher gap = GAP.matcher(word);
    if (gap.matches()) {
      for (int i = gap.group(1) == null ? 1 : Integer.parseInt(gap.group(1)); i > 0; i--) {
        values.add(null);
      }
      return;
    }
    if (word.equals("stale")) {
      values.add(SeriesValue.of(Staleness.MARKER));
      return;
    }
    Matcher run = RUN.matcher(word);
    if (!run.matches()) {
      throw new IllegalArgumentException("\"" + word + "\" is no value of a series");
    }
    double value = number(run.group(1));
    double change = run.group(2) == null ? 0 : number(run.group(2));
    int more = run.group(3) == null ? 0 : Integer.parseInt(run.group(3));
    for (int i = 0; i <= more; i++) {
      values.add(SeriesValue.of(value));
      value += change;
    }
  }

  /// A number as scripts write it: also `Inf`, `-inf`, `NaN`.
  ///
  /// @throws NumberFormatException if it is none
  public static double number(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "inf", "+inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      case "nan", "+nan", "-nan" -> Double.NaN;
      default -> Double.parseDouble(text);
    };
  }

  /// Reads the name and the labels at the beginning of a line.
  private static final class Cursor {
    private final String line;
    private int at;

    Cursor(String line) {
      this.line = line;
    }

    Labels labels() {
      Labels.Builder labels = Labels.EMPTY.toBuilder();
      int start = at;
      while (at < line.length() && "{ \t".indexOf(line.charAt(at)) < 0) {
        at++;
      }
      labels.set(Label.METRIC_NAME, line.substring(start, at));
      if (peek() == '{') {
        at++;
        while (skipSpace() != '}') {
          label(labels);
          if (skipSpace() == ',') {
            at++;
          }
        }
        at++;
      }
      if (at < line.length() && !Character.isWhitespace(line.charAt(at))) {
        throw new IllegalArgumentException("space expected after labels");
      }
      return labels.build();
    }

    private void label(Labels.Builder labels) {
      boolean quoted = peek() == '"' || peek() == '\'' || peek() == '`';
      String name = quoted ? quoted() : word();
      if (skipSpace() != '=') {
        if (!quoted) {
          throw new IllegalArgumentException("label \"" + name + "\" without a value");
        }
        labels.set(Label.METRIC_NAME, name);
        return;
      }
      at++;
      skipSpace();
      labels.set(name, quoted());
    }

    private String word() {
      int start = at;
      while (Character.isLetterOrDigit(peek()) || peek() == '_') {
        at++;
      }
      if (start == at) {
        throw new IllegalArgumentException("label name expected at column " + (at + 1));
      }
      return line.substring(start, at);
    }

    private String quoted() {
      char quote = peek();
      StringBuilder text = new StringBuilder();
      at++;
      while (peek() != quote) {
        char c = peek();
        if (c == '\0') {
          throw new IllegalArgumentException("quote not closed");
        }
        at++;
        text.append(c == '\\' && quote != '`' ? unescaped() : c);
      }
      at++;
      return text.toString();
    }

    private char unescaped() {
      char c = peek();
      at++;
      return c == 'n' ? '\n' : c == 't' ? '\t' : c;
    }

    private char skipSpace() {
      while (peek() == ' ' || peek() == '\t') {
        at++;
      }
      if (peek() == '\0') {
        throw new IllegalArgumentException("brace not closed");
      }
      return peek();
    }

    private char peek() {
      return at < line.length() ? line.charAt(at) : '\0';
    }
  }
}
