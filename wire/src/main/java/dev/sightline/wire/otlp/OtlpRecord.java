package dev.sightline.wire.otlp;

import dev.sightline.model.prediction.Datum;
import java.util.Map;

/// One log record.
///
/// @param resource attributes of what made it, such as `service.name`
/// @param scope name of the library that made it; empty where none is said
/// @param timeNs when it happened, else when it was observed, Unix nanoseconds; 0 where neither is
///   said
/// @param severity as a word; empty where none is said
/// @param event name of the event that it stands for; empty where it is a plain line
/// @param traceId in hexadecimal digits; empty where none is said
/// @param spanId as well
public record OtlpRecord(
    Map<String, Datum> resource,
    String scope,
    long timeNs,
    String severity,
    Datum body,
    Map<String, Datum> attributes,
    String event,
    String traceId,
    String spanId) {
  private static final String EVENT_NAME = "event.name";

  /// Older libraries say the event's name in an attribute.
  public OtlpRecord {
    if (event.isEmpty() && attributes.get(EVENT_NAME) instanceof Datum.Text(String name)) {
      event = name;
    }
  }

  /// As a text; empty where it is absent.
  public String attribute(String name) {
    return attributes.get(name) instanceof Datum.Text(String text) ? text : "";
  }
}
