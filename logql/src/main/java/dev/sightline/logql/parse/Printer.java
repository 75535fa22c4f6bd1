package dev.sightline.logql.parse;

import dev.sightline.logql.ast.Condition;
import dev.sightline.logql.ast.Expr;
import dev.sightline.logql.ast.Grouping;
import dev.sightline.logql.ast.Matching;
import dev.sightline.logql.ast.Stage;
import dev.sightline.model.label.Matcher;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes a tree as text on one line; reading that yields the tree again.
public final class Printer {
  private Printer() {}

  public static String print(Expr expr) {
    return switch (expr) {
      case Expr.Lines lines -> lines(lines);
      case Expr.NumberLiteral(double value, _) -> Quantities.formatNumber(value);
      case Expr.VectorLiteral(double value, _) -> "vector(" + Quantities.formatNumber(value) + ")";
      case Expr.Parenthesized(Expr inner, _) -> "(" + print(inner) + ")";
      case Expr.RangeAggregate r ->
          r.function().text()
              + "("
              + (r.parameter() == null ? "" : Quantities.formatNumber(r.parameter()) + ", ")
              + range(r.range())
              + ")"
              + (r.grouping() == null ? "" : " " + grouping(r.grouping()));
      case Expr.VectorAggregate a ->
          a.function().text()
              + (a.grouping() == null ? "" : " " + grouping(a.grouping()) + " ")
              + "("
              + (a.parameter() == null ? "" : a.parameter() + ", ")
              + print(a.operand())
              + ")";
      case Expr.Binary b ->
          print(b.left())
              + " "
              + b.operator().text()
              + (b.bool() ? " bool" : "")
              + matching(b.matching())
              + " "
              + print(b.right());
      case Expr.LabelReplace r ->
          "label_replace("
              + print(r.operand())
              + ", "
              + texts(List.of(r.target(), r.replacement(), r.source(), r.regex()), ", ")
              + ")";
    };
  }

  private static String lines(Expr.Lines lines) {
    StringBuilder text = new StringBuilder();
    text.append(
        lines.selector().stream()
            .map(Printer::matcher)
            .collect(Collectors.joining(", ", "{", "}")));
    lines.pipeline().forEach(stage -> text.append(' ').append(stage(stage)));
    return text.toString();
  }

  private static String range(Expr.LogRange range) {
    return lines(range.lines())
        + unwrap(range.unwrap())
        + " ["
        + Quantities.formatDuration(range.rangeNs())
        + "]"
        + (range.offsetNs() == 0 ? "" : " offset " + Quantities.formatDuration(range.offsetNs()));
  }

  private static String unwrap(Expr.@Nullable Unwrap unwrap) {
    if (unwrap == null) {
      return "";
    }
    String function = unwrap.conversion().text();
    String label = unwrap.label();
    return " | unwrap "
        + (function.isEmpty() ? label : function + "(" + label + ")")
        + unwrap.filters().stream()
            .map(filter -> " | " + condition(filter))
            .collect(Collectors.joining());
  }

  private static String stage(Stage stage) {
    return switch (stage) {
      case Stage.LineFilter filter ->
          filter.operator().sign()
              + " "
              + filter.terms().stream().map(Printer::term).collect(Collectors.joining(" or "));
      case Stage.Json(List<Stage.Extraction> extractions) -> "| json" + extractions(extractions);
      case Stage.Logfmt logfmt ->
          "| logfmt"
              + (logfmt.strict() ? " --strict" : "")
              + (logfmt.keepEmpty() ? " --keep-empty" : "")
              + extractions(logfmt.extractions());
      case Stage.Regexp(String regex) -> "| regexp " + Quoting.quote(regex);
      case Stage.Pattern(String pattern) -> "| pattern " + Quoting.quote(pattern);
      case Stage.Unpack() -> "| unpack";
      case Stage.LineFormat(String template) -> "| line_format " + Quoting.quote(template);
      case Stage.LabelFormat(List<Stage.Assignment> assignments) ->
          "| label_format "
              + assignments.stream().map(Printer::assignment).collect(Collectors.joining(", "));
      case Stage.Decolorize() -> "| decolorize";
      case Stage.Drop(List<Stage.LabelPick> picks) -> "| drop " + picks(picks);
      case Stage.Keep(List<Stage.LabelPick> picks) -> "| keep " + picks(picks);
      case Stage.Filter(Condition condition) -> "| " + condition(condition);
    };
  }

  private static String term(Stage.LineTerm term) {
    return term.ip() ? ip(term.text()) : Quoting.quote(term.text());
  }

  private static String extractions(List<Stage.Extraction> extractions) {
    return extractions.isEmpty()
        ? ""
        : extractions.stream()
            .map(e -> e.label() + "=" + Quoting.quote(e.expression()))
            .collect(Collectors.joining(", ", " ", ""));
  }

  private static String assignment(Stage.Assignment assignment) {
    return switch (assignment) {
      case Stage.Assignment.Rename(String target, String source) -> target + "=" + source;
      case Stage.Assignment.Template(String target, String template) ->
          target + "=" + Quoting.quote(template);
    };
  }

  private static String picks(List<Stage.LabelPick> picks) {
    return picks.stream()
        .map(pick -> pick.matcher() == null ? pick.label() : matcher(pick.matcher()))
        .collect(Collectors.joining(", "));
  }

  private static String condition(Condition condition) {
    return switch (condition) {
      case Condition.Both(Condition left, Condition right) ->
          inBoth(left, false) + " and " + inBoth(right, true);
      case Condition.Either(Condition left, Condition right) ->
          condition(left)
              + " or "
              + (right instanceof Condition.Either
                  ? "(" + condition(right) + ")"
                  : condition(right));
      case Condition.Text(Matcher matcher) -> matcher(matcher);
      case Condition.Numeric n ->
          n.label() + n.comparison().sign() + Quantities.formatNumber(n.value());
      case Condition.Duration d ->
          d.label() + d.comparison().sign() + Quantities.formatDuration(d.valueNs());
      case Condition.Bytes b ->
          b.label() + b.comparison().sign() + Quantities.formatSize(b.valueBytes());
      case Condition.Ip(String label, boolean equal, String pattern) ->
          label + (equal ? "=" : "!=") + ip(pattern);
    };
  }

  private static String inBoth(Condition condition, boolean right) {
    boolean weaker =
        condition instanceof Condition.Either || (right && condition instanceof Condition.Both);
    return weaker ? "(" + condition(condition) + ")" : condition(condition);
  }

  private static String ip(String pattern) {
    return "ip(" + Quoting.quote(pattern) + ")";
  }

  private static String matcher(Matcher matcher) {
    return matcher.name() + matcher.operator().sign() + Quoting.quote(matcher.value());
  }

  private static String grouping(Grouping grouping) {
    return (grouping.without() ? "without " : "by ") + names(grouping.labels());
  }

  private static String matching(Matching matching) {
    if (matching.equals(Matching.DEFAULT)) {
      return "";
    }
    String text = (matching.on() ? " on " : " ignoring ") + names(matching.labels());
    return switch (matching.cardinality()) {
      case ONE_TO_ONE -> text;
      case MANY_TO_ONE -> text + " group_left " + names(matching.include());
      case ONE_TO_MANY -> text + " group_right " + names(matching.include());
    };
  }

  private static String names(List<String> names) {
    return names.stream().collect(Collectors.joining(", ", "(", ")"));
  }

  private static String texts(List<String> texts, String separator) {
    return texts.stream().map(Quoting::quote).collect(Collectors.joining(separator));
  }
}
