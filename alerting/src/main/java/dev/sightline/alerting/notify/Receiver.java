package dev.sightline.alerting.notify;

import java.util.List;

/// A name that routes lead to, and the ways to reach whoever it stands for; possibly none.
public record Receiver(String name, List<Integration> integrations) {
  public Receiver {
    integrations = List.copyOf(integrations);
  }

  /// One way to reach a receiver.
  ///
  /// @param index from 0 among those of the same kind
  /// @param sendResolved whether it is told that alerts have ended
  public record Integration(int index, boolean sendResolved, Channel channel) {}
}
