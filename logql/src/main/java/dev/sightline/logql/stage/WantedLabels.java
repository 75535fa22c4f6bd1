package dev.sightline.logql.stage;

import dev.sightline.logql.ast.Condition;
import dev.sightline.logql.ast.Expr;
import dev.sightline.logql.ast.Grouping;
import dev.sightline.logql.ast.Stage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which labels anybody will ask for, so that parsers leave the others alone.
public final class WantedLabels {
  private final Set<String> names = new HashSet<>();
  private boolean all;

  private WantedLabels() {}

  /// @param grouping of the values that the lines become; null where all labels are kept
  /// @return null for all
  public static @Nullable Set<String> of(Expr.LogRange range, @Nullable Grouping grouping) {
    if (grouping == null || grouping.without()) {
      return null;
    }
    WantedLabels wanted = new WantedLabels();
    wanted.names.addAll(grouping.labels());
    if (range.unwrap() != null) {
      wanted.names.add(range.unwrap().label());
      range.unwrap().filters().forEach(wanted::add);
    }
    range.lines().pipeline().forEach(wanted::add);
    return wanted.all ? null : wanted.names;
  }

  private void add(Stage stage) {
    switch (stage) {
      case Stage.Filter(Condition condition) -> add(condition);
      case Stage.LabelFormat(List<Stage.Assignment> assignments) -> assignments.forEach(this::add);
      case Stage.LineFormat _ -> all = true;
      case Stage.Drop(List<Stage.LabelPick> picks) ->
          picks.forEach(pick -> names.add(pick.label()));
      case Stage.Keep(List<Stage.LabelPick> picks) ->
          picks.forEach(pick -> names.add(pick.label()));
      case Stage.LineFilter _,
          Stage.Json _,
          Stage.Logfmt _,
          Stage.Regexp _,
          Stage.Pattern _,
          Stage.Unpack _,
          Stage.Decolorize _ -> {}
    }
  }

  private void add(Stage.Assignment assignment) {
    switch (assignment) {
      case Stage.Assignment.Rename(_, String source) -> names.add(source);
      case Stage.Assignment.Template _ -> all = true;
    }
  }

  private void add(Condition condition) {
    switch (condition) {
      case Condition.Both(Condition left, Condition right) -> {
        add(left);
        add(right);
      }
      case Condition.Either(Condition left, Condition right) -> {
        add(left);
        add(right);
      }
      case Condition.Text(var matcher) -> names.add(matcher.name());
      case Condition.Numeric n -> names.add(n.label());
      case Condition.Duration d -> names.add(d.label());
      case Condition.Bytes b -> names.add(b.label());
      case Condition.Ip ip -> names.add(ip.label());
    }
  }
}
