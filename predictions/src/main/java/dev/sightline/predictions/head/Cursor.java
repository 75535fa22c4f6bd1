package dev.sightline.predictions.head;

import dev.sightline.model.query.Position;
import dev.sightline.model.query.QueryException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// The last row of a page: where the next page goes on, also after a restart.
record Cursor(long timeMs, String id) {
  String text() {
    String plain = timeMs + ":" + id;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  /// @throws QueryException.BadQuery if it is none of ours
  static Cursor parse(String text) {
    try {
      String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      int colon = plain.indexOf(':');
      return new Cursor(
          Long.parseLong(plain.substring(0, Math.max(colon, 0))), plain.substring(colon + 1));
    } catch (IllegalArgumentException _) {
      throw new QueryException.BadQuery(
          new Position(0, 0), "invalid parameter \"cursor\": not one that an answer gave");
    }
  }
}
