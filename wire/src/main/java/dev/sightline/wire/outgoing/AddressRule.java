package dev.sightline.wire.outgoing;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which addresses nothing here calls: those at which clouds hand out credentials to whoever asks
/// from inside, and those that are no single machine.
///
/// Private and loopback addresses are allowed: monitoring them is the job.
public final class AddressRule {
  private static final Set<String> FORBIDDEN_NAMES = Set.of("metadata.google.internal", "metadata");

  private AddressRule() {}

  /// @return why a host of that name may not be reached, or null
  public static @Nullable String forbidsName(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    String plain = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    return FORBIDDEN_NAMES.contains(plain) ? "serves the metadata of a cloud" : null;
  }

  /// @return why that address may not be reached, or null
  public static @Nullable String forbids(InetAddress address) {
    byte[] bytes = address.getAddress();
    InetAddress inner = address instanceof Inet6Address ? embedded(bytes) : null;
    if (inner != null) {
      return forbids(inner);
    }
    if (address.isAnyLocalAddress() || (address instanceof Inet4Address && bytes[0] == 0)) {
      return "is no address of a machine";
    }
    if (address.isMulticastAddress()) {
      return "is a multicast address";
    }
    if (address.isLinkLocalAddress()) {
      return "is a link-local address";
    }
    return isMetadata(address) ? "serves the metadata of a cloud" : null;
  }

  private static boolean isMetadata(InetAddress address) {
    String text = address.getHostAddress();
    return text.equals("100.100.100.200") || text.startsWith("fd00:ec2:0:0:0:0:0:254");
  }

  /// The IPv4 address inside `64:ff9b::/96` and `::/96`.
  private static @Nullable InetAddress embedded(byte[] bytes) {
    byte[] translated = new byte[12];
    translated[1] = 0x64;
    translated[2] = (byte) 0xff;
    translated[3] = (byte) 0x9b;
    byte[] prefix = Arrays.copyOf(bytes, 12);
    boolean compatible =
        Arrays.equals(prefix, new byte[12]) && (bytes[12] | bytes[13] | bytes[14]) != 0;
    if (!compatible && !Arrays.equals(prefix, translated)) {
      return null;
    }
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, 12, 16));
    } catch (java.net.UnknownHostException impossible) {
      throw new IllegalStateException("BUG: four bytes are an address", impossible);
    }
  }
}
