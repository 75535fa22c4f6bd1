package dev.sightline.demo.traffic;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// One call that is going to be made.
///
/// @param text null makes the model raise
/// @param channel through which the sentence came, a feature that the model does not look at
/// @param sentiment of the text as its author meant it; null where there is no text
/// @param truthDelay from the answer to the report of the truth; null where it stays unknown
record PlannedCall(
    @Nullable String text,
    String channel,
    @Nullable String sentiment,
    @Nullable Duration truthDelay) {
  private static final JsonFactory JSON = new JsonFactory();

  /// The call in the form `dataframe_split`, with the number of words as a third feature.
  byte[] body() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      json.writeObjectPropertyStart("dataframe_split");
      json.writeArrayPropertyStart("columns");
      json.writeString("text");
      json.writeString("channel");
      json.writeString("words");
      json.writeEndArray();
      json.writeArrayPropertyStart("data");
      json.writeStartArray();
      if (text == null) {
        json.writeNull();
      } else {
        json.writeString(text);
      }
      json.writeString(channel);
      json.writeNumber(text == null ? 0 : text.split("\\s+", -1).length);
      json.writeEndArray();
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }
}
