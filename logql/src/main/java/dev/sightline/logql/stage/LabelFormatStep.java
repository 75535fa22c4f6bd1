package dev.sightline.logql.stage;

import dev.sightline.logql.ast.Stage.Assignment;
import java.util.List;

/// `label_format a=b, c="{{.d}}"`: gives labels other names, or values made of others.
final class LabelFormatStep implements Step {
  private final List<Step> changes;

  LabelFormatStep(List<Assignment> assignments) {
    this.changes = assignments.stream().map(LabelFormatStep::change).toList();
  }

  private static Step change(Assignment assignment) {
    return switch (assignment) {
      case Assignment.Rename(String target, String source) ->
          line -> renamed(line.labels(), target, source);
      case Assignment.Template(String target, String template) -> {
        LineTemplate value = new LineTemplate(template, "label");
        yield line -> {
          String text = value.expand(line);
          if (text != null) {
            line.labels().set(target, text);
          }
          return true;
        };
      }
    };
  }

  private static boolean renamed(LineLabels labels, String target, String source) {
    String value = labels.get(source);
    if (!value.isEmpty() && !target.equals(source)) {
      labels.set(target, value);
      labels.set(source, "");
    }
    return true;
  }

  @Override
  public boolean apply(Line line) {
    changes.forEach(change -> change.apply(line));
    return true;
  }
}
