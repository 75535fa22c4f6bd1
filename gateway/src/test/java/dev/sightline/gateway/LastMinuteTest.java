package dev.sightline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.gateway.config.UpstreamModel;
import dev.sightline.gateway.meter.LastMinute;
import dev.sightline.gateway.meter.ModelMeters;
import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.MeterFamily;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.prediction.Datum;
import dev.sightline.testkit.FakeClock;
import dev.sightline.wire.serving.ModelOutput;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LastMinuteTest {
  private final FakeClock clock = new FakeClock(1_700_000_000_000L);
  private final LastMinute minute = new LastMinute(clock);

  @Test
  void forgetsWhatIsOlderThanAMinute() {
    assertThat(minute.mean()).isNaN();
    minute.add(0.5);
    clock.advance(Duration.ofSeconds(30));
    minute.add(1);
    assertThat(minute.mean()).isEqualTo(0.75);
    clock.advance(Duration.ofSeconds(30));
    assertThat(minute.mean()).isEqualTo(1);
    clock.advance(Duration.ofSeconds(30));
    assertThat(minute.mean()).isNaN();
    clock.advance(Duration.ofDays(3));
    minute.add(0.25);
    assertThat(minute.mean()).isEqualTo(0.25);
  }

  @Test
  void countsPerSecondOfTheTimeThatHasPassed() {
    minute.add(1);
    minute.add(1);
    assertThat(minute.perSecond()).isEqualTo(2);
    clock.advance(Duration.ofSeconds(4));
    assertThat(minute.perSecond()).isEqualTo(0.5);
    clock.advance(Duration.ofSeconds(55));
    minute.add(1);
    clock.advance(Duration.ofSeconds(30));
    assertThat(minute.perSecond()).isEqualTo(1 / 60.0);
  }

  @Test
  void onlySomePredictionsAreCountedByName() {
    MeterRegistry registry = new MeterRegistry();
    ModelMeters meters =
        new ModelMeters(registry, clock, UpstreamModel.mlflow("m", URI.create("http://a:1")));
    for (int i = 0; i < 1_000; i++) {
      meters.predicted(new ModelOutput(new Datum.Amount(i), 0.5, Map.of()));
    }
    meters.predicted(new ModelOutput(new Datum.Text("x".repeat(1_000)), null, Map.of()));
    meters.predicted(new ModelOutput(new Datum.Amount(0.5), null, Map.of()));
    MeterFamily predictions =
        registry.read().stream()
            .filter(family -> family.name().equals("model_predictions_total"))
            .findFirst()
            .orElseThrow();
    assertThat(predictions.samples()).hasSize(ModelMeters.MAX_PREDICTIONS + 1);
    assertThat(predictions.samples())
        .anyMatch(
            sample ->
                sample.labels().equals(Labels.of("model", "m", "prediction", "other"))
                    && sample.value() == 902);
  }
}
