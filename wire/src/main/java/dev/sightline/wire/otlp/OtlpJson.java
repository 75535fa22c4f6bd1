package dev.sightline.wire.otlp;

import dev.sightline.model.prediction.Datum;
import dev.sightline.wire.serving.JsonDatum;
import dev.sightline.wire.serving.PayloadException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads an `ExportLogsServiceRequest` in JSON: protobuf's names in camel case, 64-bit numbers as
/// texts, ids in hexadecimal digits.
public final class OtlpJson {
  private OtlpJson() {}

  /// @throws OtlpException if it is something else
  public static List<OtlpRecord> read(byte[] body) {
    Datum whole;
    try {
      whole = JsonDatum.read(body);
    } catch (PayloadException bad) {
      throw new OtlpException(String.valueOf(bad.getMessage()));
    }
    if (!(whole instanceof Datum.Fields(Map<String, Datum> request))) {
      throw new OtlpException("must be an object with resourceLogs");
    }
    List<OtlpRecord> records = new ArrayList<>();
    for (Map<String, Datum> logs : objects(request, "resourceLogs")) {
      Map<String, Datum> resource = attributes(object(logs, "resource"));
      for (Map<String, Datum> scope : objects(logs, "scopeLogs")) {
        String name = text(object(scope, "scope"), "name");
        for (Map<String, Datum> record : objects(scope, "logRecords")) {
          records.add(record(record, resource, name));
        }
      }
    }
    return records;
  }

  private static OtlpRecord record(
      Map<String, Datum> record, Map<String, Datum> resource, String scope) {
    long timeNs = integer(record.get("timeUnixNano"));
    return new OtlpRecord(
        resource,
        scope,
        timeNs == 0 ? integer(record.get("observedTimeUnixNano")) : timeNs,
        text(record, "severityText"),
        value(record.get("body")),
        attributes(record),
        text(record, "eventName"),
        text(record, "traceId"),
        text(record, "spanId"));
  }

  private static Map<String, Datum> attributes(Map<String, Datum> of) {
    return pairs(objects(of, "attributes"));
  }

  private static Map<String, Datum> pairs(List<Map<String, Datum>> pairs) {
    Map<String, Datum> attributes = new LinkedHashMap<>();
    pairs.forEach(pair -> attributes.put(text(pair, "key"), value(pair.get("value"))));
    return attributes;
  }

  private static Datum value(@Nullable Datum wrapped) {
    if (!(wrapped instanceof Datum.Fields(Map<String, Datum> one))) {
      return new Datum.Missing();
    }
    for (Map.Entry<String, Datum> only : one.entrySet()) {
      Datum value = only.getValue();
      switch (only.getKey()) {
        case "stringValue", "boolValue", "doubleValue", "bytesValue" -> {
          return value;
        }
        case "intValue" -> {
          return new Datum.Amount((double) integer(value));
        }
        case "arrayValue" -> {
          return new Datum.Items(list(value));
        }
        case "kvlistValue" -> {
          return new Datum.Fields(
              value instanceof Datum.Fields(var fields)
                  ? pairs(objects(fields, "values"))
                  : Map.of());
        }
        default -> {}
      }
    }
    return new Datum.Missing();
  }

  private static List<Datum> list(Datum value) {
    List<Datum> items = new ArrayList<>();
    if (value instanceof Datum.Fields(var fields)
        && fields.get("values") instanceof Datum.Items(List<Datum> wrapped)) {
      wrapped.forEach(one -> items.add(value(one)));
    }
    return items;
  }

  private static Map<String, Datum> object(Map<String, Datum> fields, String name) {
    return fields.get(name) instanceof Datum.Fields(Map<String, Datum> found) ? found : Map.of();
  }

  private static List<Map<String, Datum>> objects(Map<String, Datum> fields, String name) {
    List<Map<String, Datum>> objects = new ArrayList<>();
    Datum value = fields.get(name);
    if (value instanceof Datum.Items(List<Datum> items)) {
      for (Datum item : items) {
        if (!(item instanceof Datum.Fields(Map<String, Datum> found))) {
          throw new OtlpException(name + " must be a list of objects");
        }
        objects.add(found);
      }
    } else if (value != null && !(value instanceof Datum.Missing)) {
      throw new OtlpException(name + " must be a list");
    }
    return objects;
  }

  private static String text(Map<String, Datum> fields, String name) {
    return fields.get(name) instanceof Datum.Text(String text) ? text : "";
  }

  private static long integer(@Nullable Datum value) {
    return switch (value) {
      case Datum.Amount(double number) -> (long) number;
      case Datum.Text(String text) when text.matches("-?\\d{1,19}") -> parsed(text);
      case null, default -> 0;
    };
  }

  private static long parsed(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException _) {
      throw new OtlpException(text + " is no number of 64 bits");
    }
  }
}
