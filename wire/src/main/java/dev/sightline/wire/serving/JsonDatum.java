package dev.sightline.wire.serving;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.FixedMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/// Reads one JSON value into data, within limits on depth and length.
///
/// `NaN` and the infinities are taken, because Python writes them. Of a field that comes twice the
/// last value counts.
public final class JsonDatum {
  static final int MAX_DEPTH = 64;

  /// A value becomes an object of some thirty bytes, whatever its text costs: this bounds the
  /// whole.
  private static final long MAX_TOKENS = 8_000_000;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxTokenCount(MAX_TOKENS)
                  .maxNumberLength(100)
                  .maxStringLength(1 << 20)
                  .maxNameLength(1 << 12)
                  .build())
          .build();

  private static final Datum MISSING = new Datum.Missing();

  private JsonDatum() {}

  /// @throws PayloadException with line and column if `json` is not exactly one JSON value
  public static Datum read(byte[] json) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new PayloadException("the body is empty; expected JSON");
      }
      Datum value = value(parser, first);
      if (parser.nextToken() != null) {
        throw new PayloadException(
            "text after the end of the JSON value at " + place(parser.currentTokenLocation()));
      }
      return value;
    } catch (StreamConstraintsException beyond) {
      throw new PayloadException("JSON beyond a limit: " + inWords(beyond.getOriginalMessage()));
    } catch (JacksonException malformed) {
      throw new PayloadException("not JSON at " + place(malformed.getLocation()));
    }
  }

  /// The parser names the method that sets its limit, which means nothing to people.
  private static String inWords(String message) {
    int source = message.indexOf(", from `");
    return source < 0 ? message : message.substring(0, source) + ")";
  }

  private static String place(@Nullable TokenStreamLocation location) {
    return location == null ? "the start" : location.getLineNr() + ":" + location.getColumnNr();
  }

  private static Datum value(JsonParser parser, JsonToken token) {
    return switch (token) {
      case START_OBJECT -> fields(parser);
      case START_ARRAY -> items(parser);
      case VALUE_STRING -> new Datum.Text(parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Datum.Amount(parser.getDoubleValue());
      case VALUE_TRUE -> new Datum.Flag(true);
      case VALUE_FALSE -> new Datum.Flag(false);
      case VALUE_NULL -> MISSING;
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("BUG: token " + token + " where a value stands");
    };
  }

  private static Datum fields(JsonParser parser) {
    FixedMap.Builder<Datum> values = new FixedMap.Builder<>();
    for (JsonToken token = next(parser); token != JsonToken.END_OBJECT; token = next(parser)) {
      String name = parser.currentName();
      values.put(name, value(parser, next(parser)));
    }
    return new Datum.Fields(values.build());
  }

  private static Datum items(JsonParser parser) {
    List<Datum> values = new ArrayList<>();
    for (JsonToken token = next(parser); token != JsonToken.END_ARRAY; token = next(parser)) {
      values.add(value(parser, token));
    }
    return new Datum.Items(values);
  }

  private static JsonToken next(JsonParser parser) {
    JsonToken token = parser.nextToken();
    if (token == null) {
      throw new PayloadException("the JSON ends early, at " + place(parser.currentLocation()));
    }
    return token;
  }
}
