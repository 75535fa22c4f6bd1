package dev.sightline.storage.fs;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A name for a file or directory that every file system takes, and that no other text has.
public final class PlainName {
  private static final int LONGEST = 100;

  private PlainName() {}

  /// Letters, digits and `_` stay, all else becomes `%` and two digits; long ones become a hash.
  public static String of(String text) {
    StringBuilder name = new StringBuilder();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      char letter = (char) (each & 0xff);
      boolean plain = letter < 0x80 && (Character.isLetterOrDigit(letter) || letter == '_');
      name.append(plain ? String.valueOf(letter) : "%" + HexFormat.of().toHexDigits(each));
    }
    return name.length() <= LONGEST ? name.toString() : "%%" + hash(text);
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("BUG: every JDK has SHA-256", impossible);
    }
  }
}
