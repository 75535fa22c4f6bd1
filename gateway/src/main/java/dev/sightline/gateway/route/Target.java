package dev.sightline.gateway.route;

import dev.sightline.gateway.config.UpstreamModel;
import dev.sightline.wire.serving.Operation;
import org.jspecify.annotations.Nullable;

/// Where one call goes.
///
/// @param pathAndQuery below the upstream's own path, as it stands on the wire
/// @param endpoint the path that the client called, without the model: one of a few that are known,
///   or `other`
/// @param operation what the call asks for; null where it asks for no predictions
public record Target(
    UpstreamModel model, String pathAndQuery, String endpoint, @Nullable Operation operation) {
  /// Whether the call asks for predictions.
  public boolean scoring() {
    return operation != null;
  }

  /// The same call, to another version.
  public Target to(UpstreamModel version) {
    return new Target(version, pathAndQuery, endpoint, operation);
  }
}
