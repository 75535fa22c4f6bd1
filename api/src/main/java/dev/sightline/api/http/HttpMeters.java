package dev.sightline.api.http;

import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.MeterRegistry;
import java.util.List;
import java.util.Set;

/// What the listener counts about itself.
final class HttpMeters {
  private static final List<Double> SECONDS =
      List.of(0.001, 0.005, 0.025, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 60.0);
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS");

  private final MeterRegistry meters;

  HttpMeters(MeterRegistry meters) {
    this.meters = meters;
  }

  /// @param route its template, or one of a few words where there is none
  void answered(String route, String method, int status, long tookNs) {
    String known = METHODS.contains(method) ? method : "other";
    meters
        .counter(
            "sightline_http_requests_total",
            "Calls of the HTTP API and the pages.",
            Labels.of("route", route, "method", known, "status", Integer.toString(status)))
        .increment();
    meters
        .histogram(
            "sightline_http_request_duration_seconds",
            "Time from the end of a call's headers to the end of its answer.",
            SECONDS,
            Labels.of("route", route))
        .observe(tookNs / 1e9);
  }

  /// @param reason one of a few words
  void rejected(String surface, String reason) {
    meters
        .counter(
            "sightline_rejected_total",
            "What was refused, by where it came in and why.",
            Labels.of("surface", surface, "reason", reason))
        .increment();
  }
}
