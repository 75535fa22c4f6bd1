package dev.sightline.alerting.notify.mail;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads lists of addresses.
public final class MailAddresses {
  static final int MAX_ADDRESSES = 100;

  private MailAddresses() {}

  /// @param text addresses with or without names, separated by commas or semicolons
  /// @return each address once; at least one
  /// @throws IllegalArgumentException if there is none, one is malformed, or there are too many
  static List<InternetAddress> parse(String text) {
    Map<String, InternetAddress> found = new LinkedHashMap<>();
    try {
      for (InternetAddress each : InternetAddress.parse(separatedByCommas(text), true)) {
        each.validate();
        if (!each.getAddress().chars().allMatch(c -> c > ' ' && c < 127)) {
          throw new AddressException("holds characters other than those of ASCII");
        }
        // A name that is set, and not read, is encoded where it must be.
        each.setPersonal(each.getPersonal(), "UTF-8");
        found.putIfAbsent(each.getAddress(), each);
      }
    } catch (AddressException | UnsupportedEncodingException bad) {
      throw new IllegalArgumentException(
          "\"" + Plain.line(text, 200) + "\" is no list of addresses: " + bad.getMessage(), bad);
    }
    if (found.isEmpty() || found.size() > MAX_ADDRESSES) {
      throw new IllegalArgumentException(
          "needs from 1 to " + MAX_ADDRESSES + " addresses, and has " + found.size());
    }
    return List.copyOf(found.values());
  }

  /// Fails as [#parse] does.
  public static void check(String text) {
    parse(text);
  }

  private static String separatedByCommas(String text) {
    StringBuilder separated = new StringBuilder(text.length());
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quoted && i + 1 < text.length()) {
        separated.append(c).append(text.charAt(++i));
        continue;
      }
      quoted ^= c == '"';
      separated.append(c == ';' && !quoted ? ',' : c);
    }
    return separated.toString().replaceAll("(?:\\s*,)+\\s*$", "");
  }
}
