package dev.sightline.alerting.notify.text;

import dev.sightline.alerting.Alert;
import dev.sightline.alerting.AlertSource;
import dev.sightline.alerting.Fingerprint;
import dev.sightline.alerting.notify.Notification;
import dev.sightline.alerting.notify.StatedAlert;
import dev.sightline.model.label.Label;
import dev.sightline.model.label.Labels;
import dev.sightline.model.series.ValueText;
import dev.sightline.template.TemplateFunction;
import dev.sightline.template.Value;
import dev.sightline.template.function.Arguments;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// A notification as Alertmanager's templates see it. Beyond Alertmanager's, an alert has `Value`
/// and `Expression`, both empty where nobody said them.
final class NotificationValue {
  private static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");
  private static final Comparator<Label> NAME_FIRST =
      Comparator.comparing((Label label) -> !label.name().equals("alertname"))
          .thenComparing(Label::name);

  private NotificationValue() {}

  /// @param externalUrl where people find this server
  static Value of(Notification notification, String externalUrl) {
    return new Value.Structure(
        "*template.Data",
        Map.of(
            "Receiver", new Value.Text(notification.receiver()),
            "Status", new Value.Text(notification.status()),
            "Alerts", alerts(notification.alerts()),
            "GroupLabels", pairs(notification.groupLabels()),
            "CommonLabels", pairs(notification.commonLabels()),
            "CommonAnnotations", pairs(notification.commonAnnotations()),
            "ExternalURL", new Value.Text(externalUrl)));
  }

  private static Value alerts(List<StatedAlert> stated) {
    List<StatedAlert> resolved = stated.stream().filter(StatedAlert::resolved).toList();
    List<StatedAlert> firing = stated.stream().filter(each -> !each.resolved()).toList();
    return new Value.Sequence(
        stated.stream().map(NotificationValue::alert).toList(),
        Map.of(
            "Firing", constant(new Value.Sequence(values(firing))),
            "Resolved", constant(new Value.Sequence(values(resolved)))));
  }

  private static List<Value> values(List<StatedAlert> stated) {
    return stated.stream().map(NotificationValue::alert).toList();
  }

  private static Value alert(StatedAlert stated) {
    Alert alert = stated.alert();
    Double value = alert.value();
    Instant endsAt = stated.resolved() ? Instant.ofEpochMilli(alert.endsAtMs()) : NEVER;
    Map<String, Value> fields = new TreeMap<>();
    fields.put("Status", new Value.Text(stated.status()));
    fields.put("Labels", pairs(alert.labels()));
    fields.put("Annotations", pairs(alert.annotations()));
    fields.put("StartsAt", new Value.Moment(Instant.ofEpochMilli(alert.startsAtMs())));
    fields.put("EndsAt", new Value.Moment(endsAt));
    fields.put("GeneratorURL", new Value.Text(alert.generatorUrl()));
    fields.put("Fingerprint", new Value.Text(Fingerprint.text(alert.labels())));
    fields.put("Value", new Value.Text(value == null ? "" : ValueText.of(value)));
    fields.put("Expression", new Value.Text(AlertSource.expression(alert)));
    return new Value.Structure("template.Alert", fields);
  }

  /// Texts by name, with what Go calls on its own map of them.
  private static Value pairs(Labels labels) {
    Map<String, Value> entries = new TreeMap<>();
    labels.toList().forEach(label -> entries.put(label.name(), new Value.Text(label.value())));
    List<Label> sorted = new ArrayList<>(labels.toList());
    sorted.sort(NAME_FIRST);
    Value list = sequence(sorted);
    return new Value.Mapping(
        entries,
        new Value.Text(""),
        Map.of(
            "SortedPairs", constant(list),
            "Names", constant(names(sorted)),
            "Values", constant(texts(sorted)),
            "Remove", TemplateFunction.of(1, a -> pairs(without(labels, a.getFirst())))));
  }

  private static Labels without(Labels labels, Value names) {
    Set<String> removed = new HashSet<>();
    Arguments.elements(names).forEach(name -> removed.add(Arguments.text(name)));
    Labels.Builder kept = labels.toBuilder();
    removed.forEach(kept::remove);
    return kept.build();
  }

  private static Value sequence(List<Label> sorted) {
    List<Value> pairs = new ArrayList<>();
    for (Label label : sorted) {
      Map<String, Value> fields =
          Map.of("Name", new Value.Text(label.name()), "Value", new Value.Text(label.value()));
      pairs.add(new Value.Structure("template.Pair", fields));
    }
    return new Value.Sequence(
        pairs, Map.of("Names", constant(names(sorted)), "Values", constant(texts(sorted))));
  }

  private static Value names(List<Label> sorted) {
    return new Value.Sequence(sorted.stream().<Value>map(l -> new Value.Text(l.name())).toList());
  }

  private static Value texts(List<Label> sorted) {
    return new Value.Sequence(sorted.stream().<Value>map(l -> new Value.Text(l.value())).toList());
  }

  private static TemplateFunction constant(Value value) {
    return TemplateFunction.of(0, _ -> value);
  }
}
