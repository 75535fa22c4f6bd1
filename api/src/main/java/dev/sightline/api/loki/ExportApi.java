package dev.sightline.api.loki;

import static dev.sightline.api.http.Parameter.optional;
import static dev.sightline.api.http.Parameter.required;

import dev.sightline.api.auth.Permission;
import dev.sightline.api.http.ApiError;
import dev.sightline.api.http.ApiException;
import dev.sightline.api.http.Call;
import dev.sightline.api.http.Parameter;
import dev.sightline.api.http.PathTemplate;
import dev.sightline.api.http.Reply;
import dev.sightline.api.http.Route;
import dev.sightline.api.http.Routes;
import dev.sightline.api.json.JsonWriter;
import dev.sightline.api.loki.LokiParameters.Span;
import dev.sightline.model.query.LogAnswer.Entry;
import dev.sightline.model.query.LogQueries;
import dev.sightline.model.query.LogQueries.Options;
import dev.sightline.model.query.LogQueries.Range;
import dev.sightline.model.time.Clock;
import dev.sightline.wire.parquet.LabelledRows;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;

/// All lines that a log query finds, as many as there are: NDJSON, or a Parquet file.
public final class ExportApi {
  private static final int AT_ONCE = 2;
  private static final Options PATIENT = new Options(Duration.ofHours(24));

  private final LogQueries queries;
  private final Clock clock;
  private final Semaphore running = new Semaphore(AT_ONCE);

  public ExportApi(LogQueries queries, Clock clock) {
    this.queries = queries;
    this.clock = clock;
  }

  public void addTo(Routes routes) {
    List<Parameter> parameters =
        List.of(
            required("query", Parameter.Type.STRING, "LogQL that yields lines"),
            LogQueryApi.START,
            LogQueryApi.END,
            LogQueryApi.SINCE,
            optional("direction", Parameter.Type.STRING, "forward where absent, or backward"),
            optional("format", Parameter.Type.STRING, "ndjson where absent, or parquet"));
    routes.add(
        new Route(
            "GET",
            PathTemplate.of("/loki/api/v1/export"),
            Permission.QUERY,
            "All log lines of a range, without a limit",
            parameters,
            LokiErrors.plain(this::export)));
  }

  private Reply export(Call call) {
    String text = call.parameter("query");
    String query = queries.format(text == null ? "" : text);
    Span span =
        LokiParameters.span(call, clock.nowMs() * LogQueryApi.NS_PER_MS, Duration.ofHours(1));
    String direction = call.parameter("direction");
    Range range =
        new Range(
            span.startNs(),
            span.endNs(),
            1,
            0,
            Integer.MAX_VALUE,
            direction == null
                ? dev.sightline.model.log.LogSource.Direction.FORWARD
                : LokiParameters.direction(call));
    String format = call.parameter("format");
    return switch (format == null ? "" : format) {
      case "parquet" -> reply(ParquetAnswer.TYPE, out -> parquet(query, range, out));
      case "", "ndjson" ->
          ParquetAnswer.isAskedFor(call)
              ? reply(ParquetAnswer.TYPE, out -> parquet(query, range, out))
              : reply("application/x-ndjson", out -> lines(query, range, out));
      default -> throw LokiErrors.bad("format must be ndjson or parquet, not \"" + format + '"');
    };
  }

  /// Works on a thread of its own kind: finding lines takes the processor, and virtual threads are
  /// for those who wait.
  private Reply reply(String type, Reply.Body body) {
    if (running.availablePermits() == 0) {
      throw new ApiException(
          ApiError.unavailable("%d exports are running, try again later".formatted(AT_ONCE)));
    }
    return Reply.of(200, type, out -> work(body, out));
  }

  private void work(Reply.Body body, OutputStream out) throws IOException {
    FutureTask<Boolean> task =
        new FutureTask<>(
            () -> {
              body.writeTo(out);
              return true;
            });
    running.acquireUninterruptibly();
    try {
      Thread.ofPlatform().daemon().name("log-export").start(task);
      task.get();
    } catch (ExecutionException failed) {
      switch (Objects.requireNonNull(failed.getCause())) {
        case IOException gone -> throw gone;
        case UncheckedIOException gone -> throw Objects.requireNonNull(gone.getCause());
        case RuntimeException failure -> throw failure;
        default -> throw new IllegalStateException("BUG: an export failed", failed);
      }
    } catch (InterruptedException _) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted");
    } finally {
      running.release();
    }
  }

  private void lines(String query, Range range, OutputStream out) {
    JsonWriter json = new JsonWriter(out);
    queries.export(
        query,
        range,
        entry -> {
          write(json, entry);
          return true;
        },
        PATIENT);
    json.flush();
  }

  private static void write(JsonWriter json, Entry entry) {
    json.beginObject().name("timestamp").value(Long.toString(entry.timestampNs()));
    json.name("labels");
    LinesWriter.labels(json, entry.labels());
    json.name("line").value(entry.line()).endObject();
    json.line();
  }

  private void parquet(String query, Range range, OutputStream out) throws IOException {
    LabelledRows rows = LabelledRows.ofLines(out);
    queries.export(
        query,
        range,
        entry -> {
          try {
            rows.add(entry.timestampNs(), entry.labels(), entry.line());
            return true;
          } catch (IOException gone) {
            throw new UncheckedIOException(gone);
          }
        },
        PATIENT);
    rows.finish();
  }
}
