package dev.sightline.collect.mlflow;

import dev.sightline.wire.outgoing.Authorization;
import dev.sightline.wire.outgoing.TlsSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A tracking server of MLflow whose registry is asked again and again.
///
/// @param trackingUri its address, as MLflow's clients take it
/// @param models those that are of interest; empty for all
/// @param authorization how the calls show who makes them; null where they need not
public record MlflowJob(
    URI trackingUri,
    Duration interval,
    Set<String> models,
    @Nullable Authorization authorization,
    TlsSettings tls) {
  public static final Duration USUAL_INTERVAL = Duration.ofMinutes(1);
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  /// @throws IllegalArgumentException in the user's words
  public MlflowJob {
    models = Set.copyOf(models);
    String scheme = String.valueOf(trackingUri.getScheme());
    if (trackingUri.getHost() == null || !scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException("tracking_uri must be one of http or https");
    }
    if (trackingUri.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "tracking_uri must hold no password, use basic_auth or bearer_token");
    }
    if (interval.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException("interval must be at least 1s");
    }
  }
}
