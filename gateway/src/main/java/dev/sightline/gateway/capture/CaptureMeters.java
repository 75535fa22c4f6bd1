package dev.sightline.gateway.capture;

import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.Counter;
import dev.sightline.model.meter.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Counts what became of the copy of each call: captured or dropped, which together are all calls
/// proxied.
public final class CaptureMeters {
  private final Counter proxied;
  private final Counter captured;
  private final Map<DropReason, Counter> dropped = new EnumMap<>(DropReason.class);

  CaptureMeters(MeterRegistry registry, LongSupplier heldBytes) {
    proxied =
        registry.counter(
            "sightline_gateway_proxied_total",
            "Calls that the gateway passed on to a model.",
            Labels.EMPTY);
    captured =
        registry.counter(
            "sightline_gateway_captured_total", "Calls of which a copy was taken.", Labels.EMPTY);
    for (DropReason reason : DropReason.values()) {
      dropped.put(
          reason,
          registry.counter(
              "sightline_gateway_dropped_total",
              "Calls whose copy was dropped. The calls themselves were not affected.",
              Labels.of("reason", reason.label())));
    }
    registry.gauge(
        "sightline_gateway_copies_bytes",
        "Memory held by copies of calls that wait to be read.",
        Labels.EMPTY,
        heldBytes::getAsLong);
  }

  /// One call is over.
  ///
  /// @param reason why its copy was dropped; null if it was captured
  void copied(@Nullable DropReason reason) {
    Counter outcome = reason == null ? captured : dropped.get(reason);
    if (outcome != null) {
      outcome.increment();
    }
    proxied.increment();
  }
}
