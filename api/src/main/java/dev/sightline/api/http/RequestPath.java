package dev.sightline.api.http;

import java.util.ArrayList;
import java.util.List;

/// The path of a call as segments, each decoded once.
///
/// What other servers might read as another path is refused, not interpreted: empty segments, `.`
/// and `..` in any spelling, control characters. An encoded slash stays a character of its segment.
final class RequestPath {
  private static final int MAX_LENGTH = 8_192;

  private RequestPath() {}

  /// @param raw as it stood in the request line, without the query
  /// @throws ApiException 400 or 414
  static List<String> parse(String raw) {
    if (raw.length() > MAX_LENGTH) {
      throw new ApiException(
          new ApiError(414, "bad_data", "path is longer than " + MAX_LENGTH + " characters"));
    }
    if (!raw.startsWith("/")) {
      throw bad("path must begin with a slash");
    }
    String[] encoded = raw.substring(1).split("/", -1);
    List<String> segments = new ArrayList<>(encoded.length);
    for (int i = 0; i < encoded.length; i++) {
      if (encoded[i].isEmpty() && i < encoded.length - 1) {
        throw bad("path has an empty segment");
      }
      segments.add(segment(encoded[i]));
    }
    return segments;
  }

  private static String segment(String encoded) {
    String decoded = PercentDecoder.decode(encoded, false, "path");
    if (decoded.equals(".") || decoded.equals("..")) {
      throw bad("path must not contain dot segments");
    }
    for (int i = 0; i < decoded.length(); i++) {
      if (Character.isISOControl(decoded.charAt(i))) {
        throw bad("path must not contain control characters");
      }
    }
    return decoded;
  }

  private static ApiException bad(String message) {
    return new ApiException(ApiError.badData(message));
  }
}
