package dev.sightline.server.cli;

import dev.sightline.api.sql.SqlFormat;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.query.SqlQueries.Outcome;
import dev.sightline.server.cli.QueryCommand.NoAnswerException;
import dev.sightline.wire.serving.JsonDatum;
import dev.sightline.wire.serving.PayloadException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Asks a server.
///
/// @param token null where it asks for none
record RemoteSql(URI server, @Nullable String token) {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /// @throws NoAnswerException if there is none
  Outcome select(String sql, int limit, Duration timeout, SqlFormat format, PrintStream out)
      throws IOException {
    URI address =
        server.resolve(
            "/api/models/v1/sql?limit=" + limit + "&timeout=" + timeout.toMillis() + "ms");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/sql")
            .header("Accept", format.mediaType())
            .POST(BodyPublishers.ofString(sql));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<InputStream> answer = send(request.build());
    try (InputStream body = answer.body()) {
      if (answer.statusCode() != 200) {
        throw new NoAnswerException(why(body.readAllBytes(), answer.statusCode()));
      }
      body.transferTo(out);
    }
    return QueryCommand.outcome(
        header(answer, "Sightline-Truncated"), header(answer, "Sightline-Unread"));
  }

  private static HttpResponse<InputStream> send(HttpRequest request) throws IOException {
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build()) {
      return client.send(request, BodyHandlers.ofInputStream());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new NoAnswerException("interrupted");
    }
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static String why(byte[] body, int status) {
    try {
      if (JsonDatum.read(body) instanceof Datum.Fields fields
          && fields.values().get("error") instanceof Datum.Text(String error)) {
        return error;
      }
    } catch (PayloadException _) {
      // Not one of ours, shown as it is.
    }
    return status + ": " + new String(body, StandardCharsets.UTF_8);
  }
}
