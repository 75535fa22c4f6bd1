package dev.sightline.alerting.dispatch;

import dev.sightline.alerting.Alert;
import java.util.List;

/// An alert as the dispatcher holds it, for those who ask.
///
/// @param updatedMs Unix milliseconds; when it was last said
/// @param receivers names, sorted
public record AlertView(Alert alert, boolean resolved, long updatedMs, List<String> receivers) {
  public AlertView {
    receivers = List.copyOf(receivers);
  }
}
