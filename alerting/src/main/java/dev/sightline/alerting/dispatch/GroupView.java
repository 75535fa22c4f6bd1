package dev.sightline.alerting.dispatch;

import dev.sightline.model.label.Labels;
import java.util.List;

/// A group as the dispatcher holds it, for those who ask.
public record GroupView(Labels labels, String receiver, List<AlertView> alerts) {
  public GroupView {
    alerts = List.copyOf(alerts);
  }
}
