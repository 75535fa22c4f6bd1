package dev.sightline.wire.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.MeterFamily;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.meter.MeterSample;
import dev.sightline.model.meter.MeterType;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpositionWriterTest {
  @Test
  void writesFamilies() {
    MeterRegistry meters = new MeterRegistry();
    meters.counter("calls_total", "Calls.\nTwo lines \\.", Labels.of("path", "a\"b\\c\nd")).add(3);
    meters.histogram("took_seconds", "Time.", List.of(0.5, 1.0), Labels.of("m", "x")).observe(0.7);
    meters.gauge("share", "Share.", Labels.EMPTY).set(0.25);
    assertThat(ExpositionWriter.write(meters.read()))
        .isEqualTo(
            """
            # HELP calls_total Calls.\\nTwo lines \\\\.
            # TYPE calls_total counter
            calls_total{path="a\\"b\\\\c\\nd"} 3
            # HELP share Share.
            # TYPE share gauge
            share 0.25
            # HELP took_seconds Time.
            # TYPE took_seconds histogram
            took_seconds_bucket{le="0.5",m="x"} 0
            took_seconds_bucket{le="1.0",m="x"} 1
            took_seconds_bucket{le="+Inf",m="x"} 1
            took_seconds_sum{m="x"} 0.7
            took_seconds_count{m="x"} 1
            """);
  }

  @Test
  void quotesNamesThatAreNotPlain() {
    MeterSample sample = new MeterSample("my.metric", Labels.of("a b", "1", "c", "2"), 1);
    assertThat(
            ExpositionWriter.write(
                List.of(new MeterFamily("my.metric", MeterType.GAUGE, "Help.", List.of(sample)))))
        .isEqualTo(
            """
            # HELP "my.metric" Help.
            # TYPE "my.metric" gauge
            {"my.metric","a b"="1",c="2"} 1
            """);
  }
}
