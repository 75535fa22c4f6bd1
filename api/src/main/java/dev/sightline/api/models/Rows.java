package dev.sightline.api.models;

import dev.sightline.api.http.ApiError;
import dev.sightline.api.http.ApiException;
import dev.sightline.api.http.Call;
import dev.sightline.api.models.JsonFields.RowException;
import dev.sightline.model.prediction.Datum;
import dev.sightline.wire.serving.JsonDatum;
import dev.sightline.wire.serving.PayloadException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// The rows of one call: those that could be read, and what is wrong with the others.
///
/// @param rows in the order in which they were sent
/// @param indexes of `rows` among all that were sent, from 0
/// @param errors what is wrong with those that are not in `rows`
/// @param sent how many rows there were
record Rows<T>(List<T> rows, List<Integer> indexes, Refusals errors, int sent) {
  static final int MAX_ROWS = 10_000;

  /// One object, a list of them, or one object per line: as the content type says.
  ///
  /// @throws ApiException 400, 413 or 415 if the body as a whole cannot be read
  static <T> Rows<T> read(Call call, Function<Datum, T> reader) {
    return switch (call.mediaType()) {
      case "", "application/json" -> ofJson(call.body(), reader);
      case "application/x-ndjson", "application/ndjson", "application/jsonl" ->
          ofLines(call.body(), reader);
      default ->
          throw new ApiException(
              new ApiError(
                  415,
                  "bad_data",
                  "Content-Type must be application/json, application/x-ndjson, text/csv or"
                      + " application/vnd.apache.parquet"));
    };
  }

  private static <T> Rows<T> ofJson(byte[] body, Function<Datum, T> reader) {
    Datum whole;
    try {
      whole = JsonDatum.read(body);
    } catch (PayloadException bad) {
      throw new ApiException(ApiError.badData(String.valueOf(bad.getMessage())));
    }
    List<Datum> sent = whole instanceof Datum.Items(List<Datum> items) ? items : List.of(whole);
    check(sent.size());
    Rows<T> rows = empty(sent.size());
    for (int i = 0; i < sent.size(); i++) {
      rows.add(i, sent.get(i), reader);
    }
    return rows;
  }

  /// A line that is no JSON harms no other.
  private static <T> Rows<T> ofLines(byte[] body, Function<Datum, T> reader) {
    List<byte[]> lines = lines(body);
    Rows<T> rows = empty(lines.size());
    for (int i = 0; i < lines.size(); i++) {
      try {
        rows.add(i, JsonDatum.read(lines.get(i)), reader);
      } catch (PayloadException bad) {
        rows.errors.add(i, String.valueOf(bad.getMessage()));
      }
    }
    return rows;
  }

  private static List<byte[]> lines(byte[] body) {
    List<byte[]> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= body.length; i++) {
      if (i == body.length || body[i] == '\n') {
        if (!isBlank(body, start, i)) {
          lines.add(Arrays.copyOfRange(body, start, i));
          check(lines.size());
        }
        start = i + 1;
      }
    }
    return lines;
  }

  private static boolean isBlank(byte[] body, int start, int end) {
    for (int i = start; i < end; i++) {
      if (body[i] < 0 || body[i] > ' ') {
        return false;
      }
    }
    return true;
  }

  private static <T> Rows<T> empty(int sent) {
    return new Rows<>(new ArrayList<>(), new ArrayList<>(), new Refusals(), sent);
  }

  private void add(int index, Datum row, Function<Datum, T> reader) {
    try {
      rows.add(reader.apply(row));
      indexes.add(index);
    } catch (RowException bad) {
      errors.add(index, bad.text());
    }
  }

  private static void check(int rows) {
    if (rows > MAX_ROWS) {
      throw new ApiException(
          ApiError.tooLarge("more than " + MAX_ROWS + " rows in one call; send them in parts"));
    }
  }
}
