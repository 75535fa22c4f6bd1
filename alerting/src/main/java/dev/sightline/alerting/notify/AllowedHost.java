package dev.sightline.alerting.notify;

import dev.sightline.alerting.notify.NotSentException.Hope;
import dev.sightline.wire.outgoing.AddressRule;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// Holds the host of a receiver against what nothing here calls, by its name and by each of its
/// addresses.
public final class AllowedHost {
  private AllowedHost() {}

  /// @param host a name or an address, without brackets
  /// @throws NotSentException if it may not be called, or has no address now
  public static void require(String host) {
    addresses(host);
  }

  /// The addresses of a host, each of which may be called; at least one.
  ///
  /// @param host a name or an address, without brackets
  /// @throws NotSentException if it may not be called, or has no address now
  public static List<InetAddress> addresses(String host) {
    String forbidden = AddressRule.forbidsName(host);
    List<InetAddress> addresses = forbidden == null ? List.of(found(host)) : List.of();
    for (InetAddress address : addresses) {
      forbidden = forbidden == null ? AddressRule.forbids(address) : forbidden;
    }
    if (forbidden != null) {
      throw new NotSentException(Hope.NONE, "never called: " + host + " " + forbidden);
    }
    return addresses;
  }

  private static InetAddress[] found(String host) {
    try {
      return InetAddress.getAllByName(host);
    } catch (UnknownHostException _) {
      throw new NotSentException(Hope.LATER, "the host " + host + " has no address");
    }
  }
}
