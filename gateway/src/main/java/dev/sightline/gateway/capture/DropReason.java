package dev.sightline.gateway.capture;

import java.util.Locale;

/// Why the copy of a call is not kept.
public enum DropReason {
  /// The bodies of this call are larger than a copy may be.
  TOO_LARGE,
  /// The copies of all calls together are.
  MEMORY,
  /// Too many copies wait already.
  QUEUE_FULL,
  /// The call broke off, on either side.
  INCOMPLETE,
  /// The gateway is closing.
  CLOSED;

  /// As the value of a label.
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
