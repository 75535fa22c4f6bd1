package dev.sightline.predictions;

import dev.sightline.model.query.Position;
import dev.sightline.model.query.QueryException;
import dev.sightline.predictions.part.Place;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// The place of the last row of a page, as text: where the next page goes on, also after a restart
/// and after the row has gone from memory to a file.
final class Cursor {
  private Cursor() {}

  static String text(Place last) {
    String plain = last.timeMs() + ":" + last.sequence();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
  }

  /// @throws QueryException.BadQuery if it is none of ours
  static Place parse(String text) {
    try {
      String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
      int colon = Math.max(plain.indexOf(':'), 0);
      return new Place(
          Long.parseLong(plain.substring(0, colon)), Long.parseLong(plain.substring(colon + 1)));
    } catch (IllegalArgumentException _) {
      throw new QueryException.BadQuery(
          new Position(0, 0), "invalid parameter \"cursor\": not one that an answer gave");
    }
  }
}
