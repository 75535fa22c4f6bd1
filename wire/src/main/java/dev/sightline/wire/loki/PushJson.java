package dev.sightline.wire.loki;

import dev.sightline.model.label.Labels;
import dev.sightline.model.log.LogBatch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Reads pushes in JSON: `{"streams": [{"stream": {"app": "x"}, "values": [["<ns>", "line", {"key":
/// "text"}], …]}]}`.
public final class PushJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonParser json;
  private final LogBatch batch = new LogBatch();
  private int streams;

  private PushJson(JsonParser json) {
    this.json = json;
  }

  /// A line whose stream may not be known yet.
  private record Value(long timestampNs, String line, Labels metadata) {}

  /// @param streams how many the push named, with lines or without
  public record Push(LogBatch batch, int streams) {}

  /// @throws PushException if it is something else
  public static Push read(byte[] body) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), body)) {
      PushJson reader = new PushJson(parser);
      reader.whole();
      return new Push(reader.batch, reader.streams);
    } catch (JacksonException malformed) {
      throw new PushException("the push is no JSON: " + malformed.getOriginalMessage());
    }
  }

  private void whole() {
    expect(json.nextToken(), JsonToken.START_OBJECT, "an object");
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean wanted = json.currentName().equals("streams");
      JsonToken value = json.nextToken();
      if (!wanted) {
        json.skipChildren();
      } else if (value != JsonToken.VALUE_NULL) {
        expect(value, JsonToken.START_ARRAY, "\"streams\" as a list");
        while (json.nextToken() != JsonToken.END_ARRAY) {
          stream();
        }
      }
    }
    if (json.nextToken() != null) {
      throw wrong("something stands behind the push");
    }
  }

  private void stream() {
    expect(json.currentToken(), JsonToken.START_OBJECT, "a stream as an object");
    streams++;
    Labels labels = Labels.EMPTY;
    List<Value> values = new ArrayList<>();
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (name.equals("stream")) {
        labels = texts(value, "\"stream\"");
      } else if (name.equals("values")) {
        expect(value, JsonToken.START_ARRAY, "\"values\" as a list");
        while (json.nextToken() != JsonToken.END_ARRAY) {
          values.add(value());
        }
      } else {
        json.skipChildren();
      }
    }
    for (Value value : values) {
      byte[] line = value.line.getBytes(StandardCharsets.UTF_8);
      batch.add(labels, value.timestampNs, line, value.metadata);
    }
  }

  private Value value() {
    expect(json.currentToken(), JsonToken.START_ARRAY, "an entry as a list");
    expect(json.nextToken(), JsonToken.VALUE_STRING, "the time of an entry as a text");
    long timestampNs = timestampNs(json.getString());
    expect(json.nextToken(), JsonToken.VALUE_STRING, "the line of an entry as a text");
    String line = json.getString();
    Labels metadata = Labels.EMPTY;
    JsonToken next = json.nextToken();
    if (next != JsonToken.END_ARRAY) {
      metadata = texts(next, "structured metadata");
      expect(json.nextToken(), JsonToken.END_ARRAY, "the end of an entry");
    }
    return new Value(timestampNs, line, metadata);
  }

  private long timestampNs(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException _) {
      throw wrong("the time of an entry must be Unix nanoseconds, found \"" + shown(text) + '"');
    }
  }

  private Labels texts(JsonToken first, String what) {
    expect(first, JsonToken.START_OBJECT, what + " as an object of texts");
    Labels.Builder labels = Labels.EMPTY.toBuilder();
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      expect(json.nextToken(), JsonToken.VALUE_STRING, what + " as an object of texts");
      labels.set(name, json.getString());
    }
    return labels.build();
  }

  private void expect(JsonToken found, JsonToken wanted, String what) {
    if (found != wanted) {
      throw wrong("expected " + what);
    }
  }

  private PushException wrong(String what) {
    return new PushException(
        what
            + ", in line "
            + json.currentLocation().getLineNr()
            + ", column "
            + json.currentLocation().getColumnNr());
  }

  private static String shown(String text) {
    return text.length() <= 100 ? text : text.substring(0, 100) + "…";
  }
}
