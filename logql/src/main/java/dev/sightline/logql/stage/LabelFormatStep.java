package dev.sightline.logql.stage;

import dev.sightline.logql.ast.Stage.Assignment;
import java.util.List;

/// `label_format a=b`: gives labels other names.
final class LabelFormatStep implements Step {
  private final List<Assignment> assignments;

  LabelFormatStep(List<Assignment> assignments) {
    for (Assignment assignment : assignments) {
      if (assignment instanceof Assignment.Template) {
        throw Pipeline.notSupported("label_format with a template");
      }
    }
    this.assignments = assignments;
  }

  @Override
  public boolean apply(Line line) {
    LineLabels labels = line.labels();
    for (Assignment assignment : assignments) {
      switch (assignment) {
        case Assignment.Rename(String target, String source) -> {
          String value = labels.get(source);
          if (!value.isEmpty()) {
            labels.set(target, value);
            labels.set(source, "");
          }
        }
        case Assignment.Template _ -> throw new IllegalStateException("BUG: refused before");
      }
    }
    return true;
  }
}
