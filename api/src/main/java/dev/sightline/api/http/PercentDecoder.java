package dev.sightline.api.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Decodes `%41` to `A`, once and strictly: a broken escape or text that is no UTF-8 is an error.
final class PercentDecoder {
  private PercentDecoder() {}

  /// @param plusIsSpace as in forms and queries
  /// @param where named in the error
  /// @throws ApiException 400
  static String decode(String raw, boolean plusIsSpace, String where) {
    if (raw.indexOf('%') < 0 && isAscii(raw)) {
      return plusIsSpace ? raw.replace('+', ' ') : raw;
    }
    ByteBuffer bytes = ByteBuffer.allocate(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        bytes.put(escapedByte(raw, i, where));
        i += 2;
      } else if (c > 0x7F) {
        throw bad(where + " holds a character that must be percent-encoded");
      } else {
        bytes.put((byte) (c == '+' && plusIsSpace ? ' ' : c));
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(bytes.flip())
          .toString();
    } catch (CharacterCodingException _) {
      throw bad(where + " is not UTF-8");
    }
  }

  private static byte escapedByte(String raw, int at, String where) {
    int high = at + 1 < raw.length() ? Character.digit(raw.charAt(at + 1), 16) : -1;
    int low = at + 2 < raw.length() ? Character.digit(raw.charAt(at + 2), 16) : -1;
    if (high < 0 || low < 0) {
      throw bad(where + " holds a broken percent escape");
    }
    return (byte) (high << 4 | low);
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7F) {
        return false;
      }
    }
    return true;
  }

  private static ApiException bad(String message) {
    return new ApiException(ApiError.badData(message));
  }
}
