package dev.sightline.alerting;

import java.util.List;

/// Takes what rules and other senders say of alerts, to route it to those who must know.
///
/// The same alert is said again and again while it lasts, and for a while after it ended. Safe for
/// any number of threads; does not wait for any receiver.
public interface AlertSink {
  void receive(List<Alert> alerts);
}
