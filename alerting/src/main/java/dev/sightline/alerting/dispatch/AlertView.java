package dev.sightline.alerting.dispatch;

import dev.sightline.alerting.Alert;
import dev.sightline.model.label.Labels;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An alert as the dispatcher holds it, for those who ask.
///
/// @param updatedMs Unix milliseconds; when it was last said
/// @param receivers names, sorted
/// @param inhibitedBy labels of one that silences it; null where none does
public record AlertView(
    Alert alert,
    boolean resolved,
    long updatedMs,
    List<String> receivers,
    @Nullable Labels inhibitedBy) {
  public AlertView {
    receivers = List.copyOf(receivers);
  }
}
