package dev.sightline.wire.otlp;

import dev.sightline.model.prediction.Datum;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads an `ExportLogsServiceRequest` in protobuf.
///
/// | Message | Field | Meaning |
/// |---|---:|---|
/// | request | 1 | resource logs |
/// | resource logs | 1, 2 | resource (attributes: 1), scope logs |
/// | scope logs | 1, 2 | scope (name: 1), log records |
/// | log record | 1, 3, 5, 6 | time, severity text, body, attributes |
/// | | 9, 10, 11, 12 | trace id, span id, time of observation, name of the event |
/// | attribute | 1, 2 | key, value |
/// | value | 1, 2, 3, 4 | text, flag, integer, double |
/// | | 5, 6, 7 | list (1), attributes (1), bytes |
public final class OtlpProtobuf {
  private static final int MAX_DEPTH = 32;

  private final List<OtlpRecord> records = new ArrayList<>();

  private OtlpProtobuf() {}

  /// @throws OtlpException if it is something else
  public static List<OtlpRecord> read(byte[] body) {
    OtlpProtobuf reader = new OtlpProtobuf();
    Message request = new Message(ByteBuffer.wrap(body));
    for (int field = request.field(); field != 0; field = request.field()) {
      if (field == 1) {
        reader.resourceLogs(request.message());
      } else {
        request.skip();
      }
    }
    return reader.records;
  }

  /// The resource may stand behind what it made.
  private void resourceLogs(Message message) {
    Map<String, Datum> resource = new LinkedHashMap<>();
    List<Message> scopes = new ArrayList<>();
    for (int field = message.field(); field != 0; field = message.field()) {
      switch (field) {
        case 1 -> resource.putAll(attributes(message.message(), 1, 0));
        case 2 -> scopes.add(message.message());
        default -> message.skip();
      }
    }
    scopes.forEach(scope -> scopeLogs(scope, resource));
  }

  private void scopeLogs(Message message, Map<String, Datum> resource) {
    String scope = "";
    List<Message> found = new ArrayList<>();
    for (int field = message.field(); field != 0; field = message.field()) {
      switch (field) {
        case 1 -> scope = name(message.message());
        case 2 -> found.add(message.message());
        default -> message.skip();
      }
    }
    for (Message record : found) {
      records.add(record(record, resource, scope));
    }
  }

  private static String name(Message scope) {
    String name = "";
    for (int field = scope.field(); field != 0; field = scope.field()) {
      if (field == 1) {
        name = scope.text();
      } else {
        scope.skip();
      }
    }
    return name;
  }

  private static OtlpRecord record(Message message, Map<String, Datum> resource, String scope) {
    long timeNs = 0;
    long observedNs = 0;
    String severity = "";
    Datum body = new Datum.Missing();
    Map<String, Datum> attributes = new LinkedHashMap<>();
    String event = "";
    String traceId = "";
    String spanId = "";
    for (int field = message.field(); field != 0; field = message.field()) {
      switch (field) {
        case 1 -> timeNs = message.integer();
        case 3 -> severity = message.text();
        case 5 -> body = value(message.message(), 0);
        case 6 -> attribute(message.message(), attributes, 0);
        case 9 -> traceId = message.hex();
        case 10 -> spanId = message.hex();
        case 11 -> observedNs = message.integer();
        case 12 -> event = message.text();
        default -> message.skip();
      }
    }
    return new OtlpRecord(
        resource,
        scope,
        timeNs == 0 ? observedNs : timeNs,
        severity,
        body,
        attributes,
        event,
        traceId,
        spanId);
  }

  /// @param number of the field that holds attributes
  private static Map<String, Datum> attributes(Message message, int number, int depth) {
    Map<String, Datum> attributes = new LinkedHashMap<>();
    for (int field = message.field(); field != 0; field = message.field()) {
      if (field == number) {
        attribute(message.message(), attributes, depth);
      } else {
        message.skip();
      }
    }
    return attributes;
  }

  private static void attribute(Message message, Map<String, Datum> into, int depth) {
    String key = "";
    Datum value = new Datum.Missing();
    for (int field = message.field(); field != 0; field = message.field()) {
      switch (field) {
        case 1 -> key = message.text();
        case 2 -> value = value(message.message(), depth);
        default -> message.skip();
      }
    }
    into.put(key, value);
  }

  private static Datum value(Message message, int depth) {
    if (depth > MAX_DEPTH) {
      throw new OtlpException("nested deeper than " + MAX_DEPTH);
    }
    Datum value = new Datum.Missing();
    for (int field = message.field(); field != 0; field = message.field()) {
      switch (field) {
        case 1 -> value = new Datum.Text(message.text());
        case 2 -> value = new Datum.Flag(message.integer() != 0);
        case 3 -> value = new Datum.Amount((double) message.integer());
        case 4 -> value = new Datum.Amount(message.number());
        case 5 -> value = new Datum.Items(list(message.message(), depth + 1));
        case 6 -> value = new Datum.Fields(attributes(message.message(), 1, depth + 1));
        case 7 -> value = new Datum.Text(message.hex());
        default -> message.skip();
      }
    }
    return value;
  }

  private static List<Datum> list(Message message, int depth) {
    List<Datum> items = new ArrayList<>();
    for (int field = message.field(); field != 0; field = message.field()) {
      if (field == 1) {
        items.add(value(message.message(), depth));
      } else {
        message.skip();
      }
    }
    return items;
  }
}
