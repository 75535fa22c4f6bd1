package dev.sightline.predictions;

import dev.sightline.model.query.Position;
import dev.sightline.model.query.QueryException;
import dev.sightline.predictions.part.Place;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/// The place of the last row of a page, as text: where the next page goes on, also after a restart
/// and after the row has gone from memory to a file.
final class Cursor {
  private Cursor() {}

  static String text(Place last) {
    return encoded(last.timeMs() + ":" + last.sequence());
  }

  static String text(RankedPage.Rank last) {
    Place place = last.place();
    long bits = Double.doubleToLongBits(last.value());
    return encoded(place.timeMs() + ":" + place.sequence() + ":" + bits);
  }

  private static String encoded(String plain) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
  }

  /// @throws QueryException.BadQuery if it is none of ours
  static Place parse(String text) {
    long[] numbers = numbers(text, 2);
    return new Place(numbers[0], numbers[1]);
  }

  /// @throws QueryException.BadQuery if it is none of ours, or of another order
  static RankedPage.Rank parseRank(String text) {
    long[] numbers = numbers(text, 3);
    return new RankedPage.Rank(
        Double.longBitsToDouble(numbers[2]), new Place(numbers[0], numbers[1]));
  }

  private static long[] numbers(String text, int count) {
    try {
      String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
      long[] numbers = Arrays.stream(plain.split(":", -1)).mapToLong(Long::parseLong).toArray();
      if (numbers.length == count) {
        return numbers;
      }
    } catch (IllegalArgumentException _) {
      // Said below, as for a cursor of another order.
    }
    throw new QueryException.BadQuery(
        new Position(0, 0), "invalid parameter \"cursor\": not one that an answer gave");
  }
}
