package dev.sightline.alerting.notify;

import dev.sightline.alerting.notify.NotSentException.Hope;
import dev.sightline.wire.outgoing.AddressRule;
import java.net.InetAddress;
import java.net.UnknownHostException;

/// Holds the host of a receiver against what nothing here calls, by its name and by each of its
/// addresses.
public final class AllowedHost {
  private AllowedHost() {}

  /// @param host a name or an address, without brackets
  /// @throws NotSentException if it may not be called, or has no address now
  public static void require(String host) {
    String forbidden = AddressRule.forbidsName(host);
    if (forbidden == null) {
      for (InetAddress address : addresses(host)) {
        forbidden = forbidden == null ? AddressRule.forbids(address) : forbidden;
      }
    }
    if (forbidden != null) {
      throw new NotSentException(Hope.NONE, "never called: " + host + " " + forbidden);
    }
  }

  private static InetAddress[] addresses(String host) {
    try {
      return InetAddress.getAllByName(host);
    } catch (UnknownHostException _) {
      throw new NotSentException(Hope.LATER, "the host " + host + " has no address");
    }
  }
}
