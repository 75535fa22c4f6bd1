package dev.sightline.demo.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
  @Test
  void quantilesAreWithinTwoPercent() {
    LatencyHistogram histogram = new LatencyHistogram();
    for (int ms = 1; ms <= 1_000; ms++) {
      histogram.add(ms * 1_000_000L);
    }
    assertThat(histogram.quantileMs(0.5)).isBetween(500.0, 510.001);
    assertThat(histogram.quantileMs(0.99)).isBetween(990.0, 1_009.9);
    assertThat(histogram.quantileMs(1)).isBetween(1_000.0, 1_020.001);
  }

  @Test
  void knowsNothingWithoutCalls() {
    assertThat(new LatencyHistogram().quantileMs(0.5)).isNaN();
  }

  @Test
  void takesAnyLatency() {
    LatencyHistogram histogram = new LatencyHistogram();
    histogram.add(-1);
    histogram.add(0);
    histogram.add(Long.MAX_VALUE);
    assertThat(histogram.quantileMs(0)).isEqualTo(0.001);
    assertThat(histogram.quantileMs(1)).isBetween(60_000.0, 61_200.0);
  }
}
