package dev.sightline.api.loki;

import dev.sightline.api.auth.Permission;
import dev.sightline.api.http.ApiError;
import dev.sightline.api.http.ApiException;
import dev.sightline.api.http.Call;
import dev.sightline.api.http.PathTemplate;
import dev.sightline.api.http.Reply;
import dev.sightline.api.http.Route;
import dev.sightline.api.http.Routes;
import dev.sightline.model.label.Label;
import dev.sightline.model.label.Labels;
import dev.sightline.model.label.MatchOperator;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.log.LogBatch;
import dev.sightline.model.log.LogSink;
import dev.sightline.model.query.LogQueries;
import dev.sightline.wire.loki.LevelDetection;
import dev.sightline.wire.loki.PushException;
import dev.sightline.wire.loki.PushJson;
import dev.sightline.wire.loki.PushJson.Push;
import dev.sightline.wire.loki.PushProtobuf;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Loki's `push`: takes log lines in JSON, or in protobuf and snappy.
///
/// Lines that cannot be stored are named in a 400, and the others of the same call are stored
/// nevertheless: so Loki does it, and its clients count on it.
public final class PushApi {
  private static final String LEVEL = "detected_level";
  private static final int MAX_BYTES = 32 << 20;
  private static final int MOST_TOLD = 10;

  private final LogSink sink;
  private final LogQueries queries;

  public PushApi(LogSink sink, LogQueries queries) {
    this.sink = sink;
    this.queries = queries;
  }

  public void addTo(Routes routes) {
    for (String path : List.of("/loki/api/v1/push", "/api/prom/push")) {
      routes.add(
          new Route(
              "POST",
              PathTemplate.of(path),
              Permission.WRITE,
              "Stores log lines",
              List.of(),
              LokiErrors.plain(this::push)));
    }
  }

  private Reply push(Call call) {
    Push push = read(call);
    if (push.streams() == 0) {
      throw new ApiException(
          new ApiError(
              422, "bad_data", "error at least one valid stream is required for ingestion"));
    }
    LogBatch batch = withLevels(push.batch());
    LogSink.Outcome outcome = sink.append(batch);
    return outcome.refusedCount() == 0
        ? Reply.empty(204)
        : Reply.text(400, refusals(outcome, batch.size()));
  }

  private Push read(Call call) {
    byte[] body = call.body();
    try {
      return call.mediaType().equals("application/json")
          ? PushJson.read(body)
          : PushProtobuf.read(body, MAX_BYTES, this::labels);
    } catch (PushException bad) {
      throw LokiErrors.bad(String.valueOf(bad.getMessage()));
    }
  }

  private Labels labels(String text) {
    List<Matcher> matchers = queries.selector(text);
    for (Matcher matcher : matchers) {
      if (matcher.operator() != MatchOperator.EQUAL) {
        throw new IllegalArgumentException(text + " must have = only");
      }
    }
    return Labels.of(matchers.stream().map(m -> new Label(m.name(), m.value())).toList());
  }

  /// Adds to each line how grave it is, where that can be told.
  private static LogBatch withLevels(LogBatch batch) {
    LogBatch levelled = new LogBatch();
    Map<String, Labels> alone = new HashMap<>();
    for (int i = 0; i < batch.size(); i++) {
      Labels metadata = batch.metadata(i);
      if (!metadata.has(LEVEL) && !batch.stream(i).has(LEVEL)) {
        String level = LevelDetection.levelOf(batch.stream(i), metadata, batch.line(i));
        metadata =
            metadata.isEmpty()
                ? alone.computeIfAbsent(level, name -> Labels.of(LEVEL, name))
                : metadata.with(LEVEL, level);
      }
      levelled.add(batch.stream(i), batch.timestampNs(i), batch.line(i), metadata);
    }
    return levelled;
  }

  private static String refusals(LogSink.Outcome outcome, int size) {
    StringBuilder text = new StringBuilder();
    outcome.refused().stream()
        .map(LogSink.Refusal::message)
        .distinct()
        .limit(MOST_TOLD)
        .forEach(message -> text.append(message).append('\n'));
    return text.append("total ignored: ")
        .append(outcome.refusedCount())
        .append(" out of ")
        .append(size)
        .toString();
  }
}
