package dev.sightline.api.models;

import dev.sightline.api.http.ApiError;
import dev.sightline.api.http.ApiException;
import dev.sightline.model.prediction.PredictionSource;
import java.util.Set;
import java.util.function.Supplier;

/// The models that can be asked about: those that are configured, and those that have predictions.
///
/// @param configured by name
record KnownModels(PredictionSource source, Supplier<Set<String>> configured) {
  /// @return the model itself
  /// @throws ApiException 404 where there is none of this name
  String known(String model) {
    if (!configured.get().contains(model)
        && source.models().stream().noneMatch(summary -> summary.name().equals(model))) {
      throw new ApiException(ApiError.notFound("there is no model of this name"));
    }
    return model;
  }
}
