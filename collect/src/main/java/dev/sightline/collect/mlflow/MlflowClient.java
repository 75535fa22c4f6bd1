package dev.sightline.collect.mlflow;

import dev.sightline.model.prediction.Datum;
import dev.sightline.wire.outgoing.Authorization;
import dev.sightline.wire.outgoing.AuthorizationHeader;
import dev.sightline.wire.outgoing.TlsContext;
import dev.sightline.wire.outgoing.TlsSettings;
import dev.sightline.wire.serving.JsonDatum;
import dev.sightline.wire.serving.PayloadException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Calls the REST API 2.0 of a tracking server. Used by one thread.
final class MlflowClient implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int MAX_BYTES = 32 << 20;
  static final int SHOWN_BYTES = 200;
  private static final int MAX_PAGES = 1_000;
  private static final int PAGE = 1_000;

  private final MlflowJob job;
  private final int pageSize;
  private @Nullable HttpClient client;

  MlflowClient(MlflowJob job) {
    this(job, PAGE);
  }

  /// @param pageSize how much is asked for at a time
  MlflowClient(MlflowJob job, int pageSize) {
    this.job = job;
    this.pageSize = pageSize;
  }

  /// Asks for one page after the other.
  ///
  /// @param what below the registry's API, such as `registered-models/search`
  /// @param list name of the field that holds what is sought
  /// @param each told of every object in it
  void search(String what, String list, Consumer<Map<String, Datum>> each) throws MlflowException {
    String token = "";
    for (int page = 0; page < MAX_PAGES; page++) {
      Map<String, Datum> answer = get(what, token);
      if (answer.get(list) instanceof Datum.Items(var found)) {
        for (Datum one : found) {
          if (one instanceof Datum.Fields(var fields)) {
            each.accept(fields);
          }
        }
      }
      String next = answer.get("next_page_token") instanceof Datum.Text(String text) ? text : "";
      if (next.isEmpty()) {
        return;
      }
      if (next.equals(token)) {
        throw new MlflowException(what + " answers the same page again and again", null);
      }
      token = next;
    }
    throw new MlflowException(what + " has more than " + MAX_PAGES + " pages", null);
  }

  private Map<String, Datum> get(String what, String token) throws MlflowException {
    String query = "?max_results=" + pageSize;
    if (!token.isEmpty()) {
      query += "&page_token=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
    }
    try {
      HttpResponse<InputStream> response = ask("/api/2.0/mlflow/" + what + query);
      try (InputStream body = response.body()) {
        return read(what, response.statusCode(), body.readNBytes(MAX_BYTES + 1));
      }
    } catch (IOException failure) {
      throw new MlflowException(
          "no answer from " + job.trackingUri() + ": " + failure.getMessage(), failure);
    }
  }

  /// @param what below the server's address, with its query
  /// @return the answer of whatever status, its body to be closed by the caller
  HttpResponse<InputStream> ask(String what) throws IOException {
    String root = job.trackingUri().toString().replaceAll("/+$", "");
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(root + what)).timeout(TIMEOUT);
    Authorization authorization = job.authorization();
    if (authorization != null) {
      request.header("Authorization", AuthorizationHeader.of(authorization));
    }
    return within(client().sendAsync(request.build(), BodyHandlers.ofInputStream()));
  }

  private HttpClient client() throws IOException {
    HttpClient known = client;
    if (known == null) {
      HttpClient.Builder builder =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(CONNECT_TIMEOUT)
              .followRedirects(HttpClient.Redirect.NEVER);
      if (!job.tls().equals(TlsSettings.DEFAULT)) {
        builder.sslContext(new TlsContext(job.tls()).context());
      }
      known = builder.build();
      client = known;
    }
    return known;
  }

  private static <T> T within(Future<T> call) throws IOException {
    try {
      return call.get(TIMEOUT.toSeconds() + 1, TimeUnit.SECONDS);
    } catch (ExecutionException failure) {
      Throwable cause = failure.getCause();
      String message = cause == null || cause.getMessage() == null ? "" : cause.getMessage();
      throw new IOException(
          message.isEmpty() ? "the connection was refused or broke off" : message, cause);
    } catch (TimeoutException _) {
      call.cancel(true);
      throw new IOException("nothing within " + TIMEOUT.toSeconds() + " s");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      call.cancel(true);
      throw new IOException("interrupted", interrupted);
    }
  }

  private static Map<String, Datum> read(String what, int status, byte[] body)
      throws MlflowException {
    if (status != 200) {
      throw new MlflowException(what + " answers " + status + " " + start(body), null);
    }
    if (body.length > MAX_BYTES) {
      throw new MlflowException(what + " answers more than " + MAX_BYTES + " bytes", null);
    }
    try {
      if (JsonDatum.read(body) instanceof Datum.Fields(var fields)) {
        return fields;
      }
    } catch (PayloadException bad) {
      throw new MlflowException(what + " answers no JSON: " + bad.getMessage(), bad);
    }
    throw new MlflowException(what + " answers no object", null);
  }

  /// The beginning of an answer that was not expected, in a line.
  static String start(byte[] body) {
    String text = new String(body, 0, Math.min(body.length, SHOWN_BYTES), StandardCharsets.UTF_8);
    return text.replaceAll("\\s+", " ").strip();
  }

  @Override
  public void close() {
    HttpClient known = client;
    if (known != null) {
      known.shutdownNow();
    }
  }
}
