package dev.sightline.alerting.notify;

import dev.sightline.alerting.Alert;

/// An alert as one notification tells it.
///
/// @param resolved whether it had ended when the notification was made
public record StatedAlert(Alert alert, boolean resolved) {
  /// `firing` or `resolved`.
  public String status() {
    return resolved ? "resolved" : "firing";
  }
}
