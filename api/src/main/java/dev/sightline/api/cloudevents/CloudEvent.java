package dev.sightline.api.cloudevents;

import dev.sightline.api.http.ApiError;
import dev.sightline.api.http.ApiException;
import dev.sightline.api.http.Call;
import dev.sightline.api.json.JsonWriter;
import dev.sightline.api.models.PredictionWriter;
import dev.sightline.model.prediction.Datum;
import dev.sightline.wire.serving.JsonDatum;
import dev.sightline.wire.serving.PayloadException;
import java.io.ByteArrayOutputStream;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One half of a scoring call, as KServe's logger sends it: a CloudEvent of version 1.0.
///
/// @param id the same for request and response
/// @param model whose call it was: `inferenceservicename`
/// @param timeMs when it was made, Unix milliseconds
@SuppressWarnings("ArrayRecordComponent") // never compared
record CloudEvent(
    String id, Half half, String model, long timeMs, byte[] body, @Nullable String contentType) {
  private static final String STRUCTURED = "application/cloudevents+json";
  private static final String BATCH = "application/cloudevents-batch+json";
  private static final int MAX_NAME_LENGTH = 200;

  enum Half {
    REQUEST,
    RESPONSE
  }

  /// Reads one event in binary or structured mode, or a batch of them.
  ///
  /// @throws ApiException 400 or 413
  static List<CloudEvent> read(Call call, long nowMs) {
    String type = call.mediaType();
    if (!type.equals(STRUCTURED) && !type.equals(BATCH)) {
      return List.of(binary(call, nowMs));
    }
    Datum whole;
    try {
      whole = JsonDatum.read(call.body());
    } catch (PayloadException bad) {
      throw bad(String.valueOf(bad.getMessage()));
    }
    List<CloudEvent> events = new ArrayList<>();
    List<Datum> all =
        type.equals(BATCH) && whole instanceof Datum.Items(List<Datum> items)
            ? items
            : List.of(whole);
    all.forEach(one -> events.add(structured(one, call, nowMs)));
    return events;
  }

  private static CloudEvent binary(Call call, long nowMs) {
    return new CloudEvent(
        need(call.header("ce-id"), "ce-id"),
        half(need(call.header("ce-type"), "ce-type")),
        model(call, call.header("ce-inferenceservicename")),
        timeMs(call.header("ce-time"), nowMs),
        call.body(),
        call.header("Content-Type"));
  }

  private static CloudEvent structured(Datum event, Call call, long nowMs) {
    if (!(event instanceof Datum.Fields(Map<String, Datum> fields))) {
      throw bad("an event must be an object");
    }
    return new CloudEvent(
        need(text(fields, "id"), "id"),
        half(need(text(fields, "type"), "type")),
        model(call, text(fields, "inferenceservicename")),
        timeMs(text(fields, "time"), nowMs),
        data(fields),
        text(fields, "datacontenttype"));
  }

  private static byte[] data(Map<String, Datum> fields) {
    String base64 = text(fields, "data_base64");
    if (base64 != null) {
      try {
        return Base64.getDecoder().decode(base64);
      } catch (IllegalArgumentException _) {
        throw bad("data_base64 is no base64");
      }
    }
    Datum data = fields.get("data");
    if (data == null) {
      throw bad("an event needs data or data_base64");
    }
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    JsonWriter writer = new JsonWriter(json);
    PredictionWriter.datum(writer, data);
    writer.flush();
    return json.toByteArray();
  }

  private static @Nullable String text(Map<String, Datum> fields, String name) {
    return fields.get(name) instanceof Datum.Text(String text) ? text : null;
  }

  private static String need(@Nullable String value, String name) {
    if (value == null || value.isEmpty() || value.length() > MAX_NAME_LENGTH) {
      throw bad(name + " must have 1 to " + MAX_NAME_LENGTH + " characters");
    }
    return value;
  }

  /// KServe's types end so, and so do Seldon's.
  private static Half half(String type) {
    if (type.endsWith(".request")) {
      return Half.REQUEST;
    }
    if (type.endsWith(".response")) {
      return Half.RESPONSE;
    }
    throw bad(
        "type must be org.kubeflow.serving.inference.request or …response, not \"" + type + "\"");
  }

  private static String model(Call call, @Nullable String service) {
    String named = call.parameter("model");
    return need(
        named == null || named.isEmpty() ? service : named, "inferenceservicename, or model,");
  }

  private static long timeMs(@Nullable String text, long nowMs) {
    try {
      return text == null ? nowMs : OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException _) {
      throw bad("time must be RFC 3339");
    }
  }

  private static ApiException bad(String message) {
    return new ApiException(ApiError.badData("CloudEvent: " + message));
  }
}
