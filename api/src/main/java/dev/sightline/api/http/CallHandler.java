package dev.sightline.api.http;

/// Answers the calls of one route. Plain blocking code, each call on a virtual thread of its own.
@FunctionalInterface
public interface CallHandler {
  /// @throws ApiException to answer with an error
  /// @throws dev.sightline.model.query.QueryException see [ApiError#of]
  /// @throws dev.sightline.model.store.StoreUnavailableException to be answered with 503
  Reply answer(Call call);
}
