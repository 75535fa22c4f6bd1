package dev.sightline.api.loki;

import dev.sightline.api.http.ApiError;
import dev.sightline.api.http.ApiException;
import dev.sightline.api.http.CallHandler;
import dev.sightline.api.http.Reply;
import dev.sightline.model.query.QueryException;
import dev.sightline.model.store.StoreUnavailableException;

/// Errors as Loki tells them: the message alone, as plain text.
final class LokiErrors {
  private LokiErrors() {}

  static CallHandler plain(CallHandler handler) {
    return call -> {
      try {
        return handler.answer(call);
      } catch (ApiException known) {
        return reply(known.error().status(), known.error().message());
      } catch (QueryException failure) {
        return reply(status(failure), String.valueOf(failure.getMessage()));
      } catch (StoreUnavailableException full) {
        return reply(503, String.valueOf(full.getMessage()));
      }
    };
  }

  private static Reply reply(int status, String message) {
    Reply reply = Reply.text(status, message);
    return status == 503 ? reply.with("Retry-After", "1") : reply;
  }

  private static int status(QueryException failure) {
    return switch (failure) {
      case QueryException.BadQuery _, QueryException.Failed _, QueryException.LimitExceeded _ ->
          400;
      case QueryException.Canceled _ -> 499;
      case QueryException.TimedOut _ -> 504;
    };
  }

  static ApiException bad(String message) {
    return new ApiException(ApiError.badData(message));
  }
}
