package dev.sightline.logql.parse;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// IP addresses of either version between two bounds: one, `from-to`, or a CIDR.
///
/// @param low with `high` of the same version, both included
/// @param bytes 4 or 16
public record Addresses(BigInteger low, BigInteger high, int bytes) {

  static boolean isValid(String text) {
    return read(text) != null;
  }

  /// @throws IllegalArgumentException if it is none; the parser has checked that
  public static Addresses of(String text) {
    Addresses addresses = read(text);
    if (addresses == null) {
      throw new IllegalArgumentException("no addresses: " + text);
    }
    return addresses;
  }

  /// @param address a text that is one address; otherwise it is not contained
  public boolean contains(String address) {
    byte[] parsed = parse(address);
    if (parsed == null || parsed.length != bytes) {
      return false;
    }
    BigInteger value = new BigInteger(1, parsed);
    return value.compareTo(low) >= 0 && value.compareTo(high) <= 0;
  }

  /// Whether `text` is one address.
  public static boolean isAddress(String text) {
    return parse(text) != null;
  }

  private static @Nullable Addresses read(String text) {
    int slash = text.indexOf('/');
    int dash = text.indexOf('-');
    if (slash >= 0) {
      return cidr(text.substring(0, slash), text.substring(slash + 1));
    }
    byte[] low = parse(dash < 0 ? text : text.substring(0, dash));
    byte[] high = dash < 0 ? low : parse(text.substring(dash + 1));
    if (low == null || high == null || low.length != high.length) {
      return null;
    }
    BigInteger from = new BigInteger(1, low);
    BigInteger to = new BigInteger(1, high);
    return from.compareTo(to) > 0 ? null : new Addresses(from, to, low.length);
  }

  private static @Nullable Addresses cidr(String address, String prefix) {
    byte[] parsed = parse(address);
    if (parsed == null || !prefix.matches("\\d{1,3}")) {
      return null;
    }
    int free = parsed.length * 8 - Integer.parseInt(prefix);
    if (free < 0) {
      return null;
    }
    BigInteger low = new BigInteger(1, parsed).shiftRight(free).shiftLeft(free);
    BigInteger high = low.add(BigInteger.ONE.shiftLeft(free)).subtract(BigInteger.ONE);
    return new Addresses(low, high, parsed.length);
  }

  private static byte @Nullable [] parse(String text) {
    if (text.length() > 45) {
      return null;
    }
    return text.indexOf(':') >= 0 ? six(text) : four(text);
  }

  private static byte @Nullable [] four(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return null;
    }
    byte[] bytes = new byte[4];
    for (int i = 0; i < 4; i++) {
      if (!parts[i].matches("[0-9]{1,3}") || Integer.parseInt(parts[i]) > 255) {
        return null;
      }
      bytes[i] = (byte) Integer.parseInt(parts[i]);
    }
    return bytes;
  }

  private static byte @Nullable [] six(String text) {
    int gap = text.indexOf("::");
    String[] head = groups(gap < 0 ? text : text.substring(0, gap));
    String[] tail = gap < 0 ? new String[0] : groups(text.substring(gap + 2));
    int count = head.length + tail.length;
    if (gap < 0 ? count != 8 : count > 7) {
      return null;
    }
    byte[] bytes = new byte[16];
    boolean read = fill(bytes, 0, head) && fill(bytes, 8 - tail.length, tail);
    return read ? bytes : null;
  }

  private static String[] groups(String text) {
    return text.isEmpty() ? new String[0] : text.split(":", -1);
  }

  private static boolean fill(byte[] bytes, int group, String[] texts) {
    for (int i = 0; i < texts.length; i++) {
      if (!texts[i].matches("[0-9a-fA-F]{1,4}")) {
        return false;
      }
      int value = Integer.parseInt(texts[i], 16);
      bytes[2 * (group + i)] = (byte) (value >> 8);
      bytes[2 * (group + i) + 1] = (byte) value;
    }
    return true;
  }
}
