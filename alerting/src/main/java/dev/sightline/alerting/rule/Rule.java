package dev.sightline.alerting.rule;

import dev.sightline.model.label.Labels;
import dev.sightline.template.Template;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/// What is evaluated again and again: an alert that may fire, or a series that is recorded.
public sealed interface Rule {
  /// Of the alert, or of the series.
  String name();

  Condition condition();

  /// As they stand in the file, those of the group among them; of an alert, they are templates.
  Labels labels();

  /// Raises an alert for each breach that lasts.
  ///
  /// @param holds how long a breach lasts before it fires
  /// @param keepsFiring how long an alert goes on firing after its breach ended
  /// @param texts the templates of [#labels]
  /// @param annotations templates by name
  record Alerting(
      String name,
      Condition condition,
      Duration holds,
      Duration keepsFiring,
      Labels labels,
      Map<String, Template> texts,
      Map<String, Template> annotations)
      implements Rule {
    public Alerting {
      texts = new TreeMap<>(texts);
      annotations = new TreeMap<>(annotations);
    }

    /// The annotations as they stand in the file.
    public Labels annotationSources() {
      Labels.Builder sources = new Labels.Builder();
      annotations.forEach((name, template) -> sources.set(name, template.source()));
      return sources.build();
    }
  }

  /// Writes what the expression yields as a series.
  record Recording(String name, Condition condition, Labels labels) implements Rule {}

  /// Everything that its file says of it, so that a rule can be told from another.
  default String definition() {
    String common = name() + '\0' + condition().text() + '\0' + labels() + '\0';
    return switch (this) {
      case Alerting a ->
          "alert\0" + common + a.holds() + '\0' + a.keepsFiring() + '\0' + a.annotationSources();
      case Recording _ -> "record\0" + common;
    };
  }
}
