package dev.sightline.api.sql;

import static dev.sightline.api.http.Parameter.optional;

import dev.sightline.api.auth.Permission;
import dev.sightline.api.http.ApiError;
import dev.sightline.api.http.ApiException;
import dev.sightline.api.http.Call;
import dev.sightline.api.http.Parameter;
import dev.sightline.api.http.PathTemplate;
import dev.sightline.api.http.Reply;
import dev.sightline.api.http.Route;
import dev.sightline.api.http.Routes;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.query.SqlQueries;
import dev.sightline.model.query.SqlQueries.Outcome;
import dev.sightline.model.query.SqlQueries.Question;
import dev.sightline.model.query.SqlQueries.Truncation;
import dev.sightline.wire.serving.JsonDatum;
import dev.sightline.wire.serving.PayloadException;
import dev.sightline.wire.yaml.DurationText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// SQL over predictions, for those who may do everything: a statement runs in native code behind
/// walls that are that code's own, and may keep two processors busy.
public final class SqlApi {
  /// How many rows an answer has where nobody says how many.
  public static final int USUAL_ROWS = 1_000;

  public static final int MOST_ROWS = 100_000;

  /// Of all values of an answer together.
  public static final long MOST_BYTES = 16L << 20;

  public static final Duration USUAL_TIMEOUT = Duration.ofSeconds(30);
  public static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(2);

  private static final String FORM = "application/x-www-form-urlencoded";

  private final SqlQueries queries;

  public SqlApi(SqlQueries queries) {
    this.queries = queries;
  }

  public void addTo(Routes routes) {
    routes.add(
        new Route(
            "POST",
            PathTemplate.of("/api/models/v1/sql"),
            Permission.ADMIN,
            "Answer one SELECT over predictions; the body is the statement",
            List.of(
                optional("limit", Parameter.Type.INTEGER, "Rows, from 1 to 100000; else 1000"),
                optional(
                    "timeout",
                    Parameter.Type.STRING,
                    "After which the statement is ended, up to 2m; else 30s")),
            this::select));
  }

  private Reply select(Call call) {
    SqlFormat format = SqlFormat.accepted(call.header("Accept"));
    int limit = limit(call.parameter("limit"));
    Duration timeout = timeout(call.parameter("timeout"));
    String sql = statement(call);
    BooleanSupplier waits = call.waits();
    SqlTable table = new SqlTable();
    Outcome outcome = queries.select(new Question(sql, limit, MOST_BYTES, timeout, waits), table);
    Reply reply = Reply.of(200, format.contentType(), out -> format.write(table, outcome, out));
    return outcome.truncation() == Truncation.NONE && outcome.unread() == 0
        ? reply
        : reply
            .with("Sightline-Truncated", outcome.truncation().name().toLowerCase(Locale.ROOT))
            .with("Sightline-Unread", Long.toString(outcome.unread()));
  }

  /// The body itself, or `sql` of a form or a JSON object.
  private static String statement(Call call) {
    if (call.mediaType().equals(FORM)) {
      String sql = call.parameter("sql");
      if (sql == null) {
        throw bad(
            "this is a form without the field sql, which is what curl -d sends: write"
                + " --data-urlencode 'sql=SELECT …', or add -H 'Content-Type: text/plain' and send"
                + " the statement itself");
      }
      return sql;
    }
    byte[] body = call.body();
    String sql = call.mediaType().equals("application/json") ? ofJson(body) : text(body);
    if (sql.isBlank()) {
      throw bad("the body is empty; expected one SELECT");
    }
    return sql;
  }

  private static String ofJson(byte[] body) {
    try {
      if (JsonDatum.read(body) instanceof Datum.Fields fields
          && fields.values().size() == 1
          && fields.values().get("sql") instanceof Datum.Text(String sql)) {
        return sql;
      }
    } catch (PayloadException malformed) {
      throw bad("the body is no JSON: " + malformed.getMessage());
    }
    throw bad("a JSON body must be {\"sql\": \"SELECT …\"}");
  }

  private static String text(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException _) {
      throw bad("the body must be a statement as UTF-8");
    }
  }

  private static int limit(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return USUAL_ROWS;
    }
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MOST_ROWS) {
        return limit;
      }
    } catch (NumberFormatException _) {
      // Said below, as for a number that is out of range.
    }
    throw bad("limit must be a whole number from 1 to " + MOST_ROWS);
  }

  private static Duration timeout(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return USUAL_TIMEOUT;
    }
    try {
      Duration timeout = DurationText.parse(text);
      if (timeout.isPositive() && timeout.compareTo(LONGEST_TIMEOUT) <= 0) {
        return timeout;
      }
    } catch (IllegalArgumentException _) {
      // Said below, as for one that is too long.
    }
    throw bad("timeout must be a duration above 0 and up to 2m, such as 30s");
  }

  private static ApiException bad(String message) {
    return new ApiException(ApiError.badData(message));
  }
}
