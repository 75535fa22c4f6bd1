package dev.sightline.alerting.notify.mail;

/// Texts that come from others, made fit for one line.
final class Plain {
  private Plain() {}

  /// Without line ends and other characters that steer, and not longer than `limit`.
  static String line(String text, int limit) {
    StringBuilder line = new StringBuilder(Math.min(text.length(), limit));
    int at = 0;
    while (at < text.length() && line.length() < limit) {
      int point = text.codePointAt(at);
      at += Character.charCount(point);
      int kind = Character.getType(point);
      boolean steers =
          kind == Character.CONTROL
              || kind == Character.LINE_SEPARATOR
              || kind == Character.PARAGRAPH_SEPARATOR
              || kind == Character.SURROGATE
              || isTurning(point);
      line.appendCodePoint(steers ? ' ' : point);
    }
    String whole = line.toString().strip();
    return at < text.length() ? whole + "…" : whole;
  }

  /// Characters that turn the direction of others, by which one text is shown as another.
  private static boolean isTurning(int point) {
    return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
  }
}
