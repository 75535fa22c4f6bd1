package dev.sightline.wire.backfill;

import dev.sightline.model.label.Label;
import dev.sightline.model.label.Labels;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Reads samples from lines of JSON, each a series: `{"metric": {"__name__": "up", …}, "values":
/// [1, "NaN", …], "timestamps": [1700000000000, …]}`, times in Unix milliseconds. It is the form
/// that VictoriaMetrics exports.
final class JsonLines {
  private static final JsonFactory JSON = new JsonFactory();

  private final LineReader lines;
  private final SampleText.Reader into;

  JsonLines(InputStream in, SampleText.Reader into) {
    this.lines = new LineReader(in);
    this.into = into;
  }

  void read() {
    for (byte[] line = lines.next(); line != null; line = lines.next()) {
      if (!isBlank(line)) {
        read(line);
      }
    }
  }

  private static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return false;
      }
    }
    return true;
  }

  private void read(byte[] line) {
    List<Label> labels = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    List<Long> timesMs = new ArrayList<>();
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), line)) {
      require(json.nextToken() == JsonToken.START_OBJECT, "must be an object");
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        JsonToken start = json.nextToken();
        switch (name) {
          case "metric" -> labels(json, start, labels);
          case "values" -> values(json, start, values);
          case "timestamps" -> times(json, start, timesMs);
          default -> json.skipChildren();
        }
      }
      require(
          values.size() == timesMs.size(),
          "has " + values.size() + " values, and " + timesMs.size() + " timestamps");
      Labels series = Labels.of(labels);
      for (int i = 0; i < values.size(); i++) {
        into.sample(series, timesMs.get(i), values.get(i));
      }
    } catch (JacksonException bad) {
      throw fault(String.valueOf(bad.getOriginalMessage()));
    } catch (NumberFormatException _) {
      throw fault("a value must be a number, \"NaN\", \"+Inf\" or \"-Inf\"");
    } catch (IllegalArgumentException twice) {
      throw fault(String.valueOf(twice.getMessage()));
    }
  }

  private void labels(JsonParser json, JsonToken start, List<Label> labels) {
    require(start == JsonToken.START_OBJECT, "metric must be an object");
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      require(json.nextToken() == JsonToken.VALUE_STRING, "label \"" + name + "\" must be a text");
      labels.add(new Label(name, json.getString()));
    }
  }

  private void values(JsonParser json, JsonToken start, List<Double> values) {
    require(start == JsonToken.START_ARRAY, "values must be an array");
    for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
      values.add(
          next == JsonToken.VALUE_STRING || next == JsonToken.VALUE_NULL
              ? SampleNumber.parse(next == JsonToken.VALUE_NULL ? "NaN" : json.getString())
              : json.getDoubleValue());
    }
  }

  private void times(JsonParser json, JsonToken start, List<Long> timesMs) {
    require(start == JsonToken.START_ARRAY, "timestamps must be an array");
    for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
      require(next == JsonToken.VALUE_NUMBER_INT, "a timestamp must be whole Unix milliseconds");
      timesMs.add(json.getLongValue());
    }
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw fault(otherwise);
    }
  }

  private SampleTextException fault(String what) {
    return new SampleTextException("line " + lines.number() + ": " + what);
  }
}
