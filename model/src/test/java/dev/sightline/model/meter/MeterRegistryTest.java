package dev.sightline.model.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.model.label.Labels;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeterRegistryTest {
  private final MeterRegistry meters = new MeterRegistry();

  @Test
  void readsFamiliesByNameAndMetersByLabels() {
    meters.counter("b_total", "b", Labels.of("x", "2")).add(3);
    meters.counter("b_total", "b", Labels.of("x", "1")).increment();
    meters.gauge("a", "a", Labels.EMPTY).set(1.5);
    assertThat(meters.read())
        .containsExactly(
            new MeterFamily(
                "a", MeterType.GAUGE, "a", List.of(new MeterSample("a", Labels.EMPTY, 1.5))),
            new MeterFamily(
                "b_total",
                MeterType.COUNTER,
                "b",
                List.of(
                    new MeterSample("b_total", Labels.of("x", "1"), 1),
                    new MeterSample("b_total", Labels.of("x", "2"), 3))));
  }

  @Test
  void countsObservationsAtOrBelowEachBound() {
    Histogram histogram = meters.histogram("h", "h", List.of(0.5, 1.0), Labels.EMPTY);
    List.of(0.5, 0.7, 2.0).forEach(histogram::observe);
    assertThat(meters.read().getFirst().samples())
        .containsExactly(
            new MeterSample("h_bucket", Labels.of("le", "0.5"), 1),
            new MeterSample("h_bucket", Labels.of("le", "1.0"), 2),
            new MeterSample("h_bucket", Labels.of("le", "+Inf"), 3),
            new MeterSample("h_sum", Labels.EMPTY, 3.2),
            new MeterSample("h_count", Labels.EMPTY, 3));
  }

  @Test
  void aComputedGaugeWithoutAValueIsAbsent() {
    meters.gauge("a", "a", Labels.EMPTY, () -> Double.NaN);
    assertThat(meters.read()).isEmpty();
  }

  @Test
  void oneNameHasOneType() {
    meters.counter("a_total", "a", Labels.EMPTY);
    assertThatThrownBy(() -> meters.gauge("a_total", "a", Labels.EMPTY))
        .hasMessageContaining("BUG");
  }
}
