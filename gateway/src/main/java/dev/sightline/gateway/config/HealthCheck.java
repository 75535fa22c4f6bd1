package dev.sightline.gateway.config;

import dev.sightline.wire.serving.Protocol;
import java.time.Duration;

/// How it is found out whether a server of a model takes calls. Asked only where a model has
/// several servers; a connection that cannot be made for a call counts like a failed check.
///
/// @param path of a `GET`, below the upstream's own; healthy is any answer of 200 to 399
/// @param timeout until the answer is complete
/// @param failures in a row after which the server gets no more calls
/// @param successes in a row after which it gets calls again
public record HealthCheck(
    String path, Duration interval, Duration timeout, int failures, int successes) {
  public HealthCheck {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("the path of a health check must begin with /");
    }
    if (!interval.isPositive() || !timeout.isPositive()) {
      throw new IllegalArgumentException("interval and timeout of a health check must be above 0");
    }
    if (failures < 1 || successes < 1) {
      throw new IllegalArgumentException(
          "failures and successes of a health check must be above 0");
    }
  }

  /// Every 5 seconds, down after 3 failures, up again after 2 successes.
  public static HealthCheck of(Protocol protocol) {
    String path =
        switch (protocol) {
          case MLFLOW, TORCHSERVE -> "/ping";
          case OPEN_INFERENCE -> "/v2/health/ready";
          case OPENAI -> "/health";
          case TENSORFLOW, JSON -> "/";
        };
    return new HealthCheck(path, Duration.ofSeconds(5), Duration.ofSeconds(2), 3, 2);
  }
}
