package dev.sightline.collect.meter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.collect.RecordingSink;
import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.Counter;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.testkit.FakeClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeterWriterTest {
  private static final Labels ADDED = Labels.of("job", "gateway", "instance", "localhost:8000");

  private final FakeClock clock = new FakeClock(1_000_000);
  private final RecordingSink sink = new RecordingSink();
  private final MeterRegistry meters = new MeterRegistry();

  private MeterWriter writer(MeterWriter.Origin origin) {
    return new MeterWriter(meters::read, origin, new MeterWriter.Target(sink, ADDED), clock, clock);
  }

  private void pass(int seconds) {
    clock.advance(Duration.ofSeconds(seconds));
  }

  @Test
  void writesZeroBeforeTheFirstValueOfACounter() {
    try (MeterWriter _ = writer(MeterWriter.Origin.THIS_PROCESS)) {
      pass(7);
      Counter counter = meters.counter("calls_total", "", Labels.of("model", "m"));
      counter.add(5);
      pass(3);
      counter.add(1);
      pass(5);
      assertThat(sink.of("calls_total"))
          .containsExactly(
              "{__name__=\"calls_total\", instance=\"localhost:8000\", job=\"gateway\", model=\"m\"}"
                  + " 1005000=0.0 1010000=5.0 1015000=6.0");
    }
  }

  @Test
  void writesZeroForEveryPartOfAHistogram() {
    try (MeterWriter _ = writer(MeterWriter.Origin.THIS_PROCESS)) {
      meters.histogram("took_seconds", "", List.of(1.0), Labels.EMPTY).observe(0.5);
      pass(5);
      assertThat(sink.of("took_seconds_bucket"))
          .hasSize(2)
          .allMatch(series -> series.endsWith(" 1000000=0.0 1005000=1.0"));
      assertThat(sink.of("took_seconds_sum").getFirst()).endsWith(" 1000000=0.0 1005000=0.5");
    }
  }

  @Test
  void inventsNoPastForGaugesAndForCountersFromElsewhere() {
    meters.gauge("active", "", Labels.EMPTY).set(3);
    try (MeterWriter _ = writer(MeterWriter.Origin.THIS_PROCESS)) {
      pass(5);
      assertThat(sink.of("active").getFirst()).endsWith("} 1005000=3.0");
    }
    meters.counter("ticks_total", "", Labels.EMPTY).add(1_000_000);
    try (MeterWriter _ = writer(MeterWriter.Origin.ELSEWHERE)) {
      pass(5);
      assertThat(sink.of("ticks_total").getFirst()).endsWith("} 1010000=1000000.0");
    }
  }

  @Test
  void endsAGaugeThatVanishes() {
    double[] value = {2};
    meters.gauge("confidence", "", Labels.EMPTY, () -> value[0]);
    try (MeterWriter _ = writer(MeterWriter.Origin.THIS_PROCESS)) {
      pass(5);
      value[0] = Double.NaN;
      pass(10);
      value[0] = 4;
      pass(5);
      assertThat(sink.of("confidence").getFirst())
          .endsWith("} 1005000=2.0 1010000=stale 1020000=4.0");
    }
  }

  @Test
  void endsItsSeriesWhilePausedAndInventsNothingAfterwards() {
    Counter counter = meters.counter("calls_total", "", Labels.EMPTY);
    counter.add(2);
    try (MeterWriter writer = writer(MeterWriter.Origin.THIS_PROCESS)) {
      pass(5);
      writer.pause();
      pass(20);
      counter.add(40);
      writer.resume();
      pass(5);
      assertThat(sink.of("calls_total").getFirst())
          .endsWith("} 1000000=0.0 1005000=2.0 1005001=stale 1030000=42.0");
      meters.counter("other_total", "", Labels.EMPTY).add(1);
      pass(5);
      assertThat(sink.of("other_total").getFirst()).endsWith("} 1030000=0.0 1035000=1.0");
    }
  }

  @Test
  void writesTheLastValuesWhenItEnds() {
    Counter counter = meters.counter("calls_total", "", Labels.EMPTY);
    try (MeterWriter _ = writer(MeterWriter.Origin.THIS_PROCESS)) {
      pass(5);
      counter.add(9);
      pass(1);
    }
    assertThat(sink.of("calls_total").getFirst()).endsWith("1005000=0.0 1006000=9.0");
  }

  @Test
  void survivesAStoreThatIsFull() {
    meters.counter("calls_total", "", Labels.EMPTY).add(1);
    try (MeterWriter _ = writer(MeterWriter.Origin.THIS_PROCESS)) {
      sink.full = true;
      pass(5);
      sink.full = false;
      pass(5);
      assertThat(sink.of("calls_total").getFirst()).endsWith("} 1010000=1.0");
    }
  }
}
