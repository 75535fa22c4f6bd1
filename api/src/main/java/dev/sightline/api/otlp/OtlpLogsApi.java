package dev.sightline.api.otlp;

import dev.sightline.api.auth.Permission;
import dev.sightline.api.http.ApiError;
import dev.sightline.api.http.ApiException;
import dev.sightline.api.http.Call;
import dev.sightline.api.http.PathTemplate;
import dev.sightline.api.http.Reply;
import dev.sightline.api.http.Route;
import dev.sightline.api.http.Routes;
import dev.sightline.model.log.LogBatch;
import dev.sightline.model.log.LogSink;
import dev.sightline.model.prediction.RowIntake;
import dev.sightline.model.prediction.RowIntake.Result;
import dev.sightline.model.prediction.RowIntake.SentRow;
import dev.sightline.model.time.Clock;
import dev.sightline.wire.otlp.OtlpException;
import dev.sightline.wire.otlp.OtlpJson;
import dev.sightline.wire.otlp.OtlpProtobuf;
import dev.sightline.wire.otlp.OtlpRecord;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// OpenTelemetry's log records over HTTP: those that stand for predictions and truths become these,
/// all others lines of the log.
///
/// A record is one or the other. Sent again, because an answer was lost or a store was full, it
/// changes nothing: a prediction has an id made of its content, and the same line is stored once.
public final class OtlpLogsApi {
  private static final List<String> PATHS = List.of("/v1/logs", "/otlp/v1/logs");
  private static final String PROTOBUF = "application/x-protobuf";
  private static final String JSON = "application/json";

  private final LogSink lines;
  private final RowIntake rows;
  private final Clock clock;

  public OtlpLogsApi(LogSink lines, RowIntake rows, Clock clock) {
    this.lines = lines;
    this.rows = rows;
    this.clock = clock;
  }

  public void addTo(Routes routes) {
    for (String path : PATHS) {
      routes.add(
          new Route(
              "POST",
              PathTemplate.of(path),
              Permission.WRITE,
              "Take OpenTelemetry's log records: lines, predictions and truths",
              List.of(),
              this::take));
    }
  }

  /// What was not taken, and why.
  private static final class Refusals {
    private long count;
    private String first = "";

    void add(long more, String message) {
      first = first.isEmpty() ? message : first;
      count += more;
    }
  }

  private Reply take(Call call) {
    boolean isJson = call.mediaType().equals(JSON);
    if (!isJson && !call.mediaType().equals(PROTOBUF)) {
      throw new ApiException(
          new ApiError(415, "bad_data", "Content-Type must be " + PROTOBUF + " or " + JSON));
    }
    Refusals refused = store(read(call, isJson));
    return isJson ? json(refused) : protobuf(refused);
  }

  private static List<OtlpRecord> read(Call call, boolean isJson) {
    try {
      return isJson ? OtlpJson.read(call.body()) : OtlpProtobuf.read(call.body());
    } catch (OtlpException bad) {
      throw new ApiException(ApiError.badData(String.valueOf(bad.getMessage())));
    }
  }

  /// Rows first: should a store be full, everything is sent again, and what was taken is known.
  private Refusals store(List<OtlpRecord> records) {
    Refusals refused = new Refusals();
    LogBatch batch = new LogBatch();
    Map<String, List<SentRow>> predictions = new TreeMap<>();
    Map<String, List<SentRow>> truths = new TreeMap<>();
    long nowMs = clock.nowMs();
    for (OtlpRecord record : records) {
      String model = record.attribute(OtlpRows.MODEL);
      if (!OtlpRows.isRow(record)) {
        OtlpLines.add(record, nowMs, batch);
      } else if (model.isEmpty()) {
        refused.add(1, record.event() + ": the attribute " + OtlpRows.MODEL + " is missing");
      } else {
        boolean isTruth = record.event().equals(OtlpRows.TRUTH);
        (isTruth ? truths : predictions)
            .computeIfAbsent(model, _ -> new ArrayList<>())
            .add(OtlpRows.read(record, nowMs));
      }
    }
    predictions.forEach((model, sent) -> judge(rows.predictions(model, sent), model, refused));
    truths.forEach((model, sent) -> judge(rows.truths(model, sent), model, refused));
    if (batch.size() > 0) {
      LogSink.Outcome outcome = lines.append(batch);
      outcome.refused().stream().limit(1).forEach(one -> refused.add(0, one.message()));
      refused.add(outcome.refusedCount(), "");
    }
    return refused;
  }

  private static void judge(List<Result> results, String model, Refusals refused) {
    for (Result result : results) {
      if (result instanceof Result.Refused(String reason)) {
        refused.add(1, "model " + model + ": " + reason);
      }
    }
  }

  private static Reply json(Refusals refused) {
    return Reply.json(
        json -> {
          json.beginObject();
          if (refused.count > 0) {
            json.name("partialSuccess").beginObject();
            json.name("rejectedLogRecords").value(Long.toString(refused.count));
            json.name("errorMessage").value(refused.first).endObject();
          }
          json.endObject();
        });
  }

  /// Partial success is field 1; in it the count is 1 and the message 2.
  private static Reply protobuf(Refusals refused) {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    if (refused.count > 0) {
      ByteArrayOutputStream partial = new ByteArrayOutputStream();
      partial.write(0x08);
      varint(refused.count, partial);
      byte[] message = refused.first.getBytes(StandardCharsets.UTF_8);
      partial.write(0x12);
      varint(message.length, partial);
      partial.writeBytes(message);
      answer.write(0x0a);
      varint(partial.size(), answer);
      answer.writeBytes(partial.toByteArray());
    }
    return Reply.of(200, PROTOBUF, out -> out.write(answer.toByteArray()));
  }

  private static void varint(long value, ByteArrayOutputStream into) {
    long left = value;
    while (left > 0x7f) {
      into.write((int) (left & 0x7f | 0x80));
      left >>>= 7;
    }
    into.write((int) left);
  }
}
