package dev.sightline.collect.scrape;

import dev.sightline.collect.relabel.Relabeling;
import dev.sightline.model.label.Label;
import dev.sightline.model.label.Labels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns the labels that a target writes into those that are stored: the target's own are added,
/// then the rules of the job are applied.
final class SampleLabels {
  private static final String EXPORTED = "exported_";

  private final Labels targetLabels;
  private final ScrapeJob job;

  SampleLabels(Target target, ScrapeJob job) {
    this.targetLabels = target.labels();
    this.job = job;
  }

  /// @return null where a rule drops the series
  /// @throws ScrapeException if the labels break a limit of the job
  @Nullable Labels stored(Labels exposed) {
    Labels.Builder labels = exposed.toBuilder();
    List<Label> conflicting = new ArrayList<>();
    for (Label label : targetLabels.toList()) {
      String present = exposed.get(label.name());
      if (!present.isEmpty() && !job.reading().honorLabels()) {
        conflicting.add(new Label(label.name(), present));
      }
      if (present.isEmpty() || !job.reading().honorLabels()) {
        labels.set(label.name(), label.value());
      }
    }
    conflicting.sort(Comparator.comparingInt(label -> label.name().length()));
    conflicting.forEach(label -> export(label, labels));
    Labels stored = Relabeling.apply(job.relabelling().metrics(), labels.build());
    if (stored == null || stored.isEmpty()) {
      return null;
    }
    if (stored.metricName() == null) {
      throw new ScrapeException("relabelling leaves " + stored + " without a metric name");
    }
    checkLimits(stored);
    return stored;
  }

  /// Keeps the target's value under another name that is free.
  private static void export(Label label, Labels.Builder labels) {
    String name = EXPORTED + label.name();
    while (!labels.get(name).isEmpty()) {
      name = EXPORTED + name;
    }
    labels.set(name, label.value());
  }

  private void checkLimits(Labels labels) {
    ScrapeJob.Limits limits = job.limits();
    if (limits.labels() > 0 && labels.size() > limits.labels()) {
      throw tooMuch(labels, labels.size() + " labels", limits.labels(), "label_limit");
    }
    for (int i = 0; i < labels.size(); i++) {
      int name = labels.name(i).length();
      int value = labels.value(i).length();
      if (limits.labelNameLength() > 0 && name > limits.labelNameLength()) {
        throw tooMuch(
            labels,
            "a label name of " + name + " characters",
            limits.labelNameLength(),
            "label_name_length_limit");
      }
      if (limits.labelValueLength() > 0 && value > limits.labelValueLength()) {
        throw tooMuch(
            labels,
            "a value of " + value + " characters for " + labels.name(i),
            limits.labelValueLength(),
            "label_value_length_limit");
      }
    }
  }

  private static ScrapeException tooMuch(Labels labels, String found, long limit, String key) {
    return new ScrapeException(
        "metric %s has %s, the limit is %d (%s)".formatted(labels.metricName(), found, limit, key));
  }
}
