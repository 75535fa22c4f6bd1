package dev.sightline.server.cli;

import dev.sightline.api.sql.SqlFormat;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.query.SqlQueries.Outcome;
import dev.sightline.server.cli.QueryCommand.NoAnswerException;
import dev.sightline.wire.serving.JsonDatum;
import dev.sightline.wire.serving.PayloadException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Asks a server.
record RemoteSql(AskedServer server) {
  /// @throws NoAnswerException if there is none
  Outcome select(String sql, int limit, Duration timeout, SqlFormat format, PrintStream out)
      throws IOException {
    HttpRequest request =
        server
            .request("/api/models/v1/sql?limit=" + limit + "&timeout=" + timeout.toMillis() + "ms")
            .header("Content-Type", "application/sql")
            .header("Accept", format.mediaType())
            .POST(BodyPublishers.ofString(sql))
            .build();
    return server.ask(
        request,
        (answer, body) -> {
          if (answer.statusCode() != 200) {
            throw new NoAnswerException(why(body.readAllBytes(), answer.statusCode()));
          }
          body.transferTo(out);
          return QueryCommand.outcome(
              header(answer, "Sightline-Truncated"), header(answer, "Sightline-Unread"));
        });
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
