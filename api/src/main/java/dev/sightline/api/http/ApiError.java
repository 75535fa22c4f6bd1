package dev.sightline.api.http;

import dev.sightline.api.json.JsonWriter;
import dev.sightline.model.query.QueryException;

/// What a caller is told when there is no answer, in Prometheus's form.
///
/// @param errorType one of Prometheus's words, such as `bad_data`
/// @param message what, where, and the limit, in the user's words
public record ApiError(int status, String errorType, String message) {
  public static ApiError badData(String message) {
    return new ApiError(400, "bad_data", message);
  }

  public static ApiError notFound(String message) {
    return new ApiError(404, "not_found", message);
  }

  public static ApiError tooLarge(String message) {
    return new ApiError(413, "bad_data", message);
  }

  public static ApiError unavailable(String message) {
    return new ApiError(503, "unavailable", message);
  }

  /// The one place that says which failure of a query has which place in the HTTP reply.
  public static ApiError of(QueryException failure) {
    String message = String.valueOf(failure.getMessage());
    return switch (failure) {
      case QueryException.BadQuery _ -> badData(message);
      case QueryException.Failed _ -> new ApiError(422, "execution", message);
      case QueryException.LimitExceeded _ -> new ApiError(422, "execution", message);
      case QueryException.TimedOut _ -> new ApiError(503, "timeout", message);
      case QueryException.Canceled _ -> new ApiError(503, "canceled", message);
    };
  }

  void writeTo(JsonWriter json) {
    json.beginObject()
        .name("status")
        .value("error")
        .name("errorType")
        .value(errorType)
        .name("error")
        .value(message)
        .endObject();
  }
}
