package dev.sightline.collect.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.collect.RecordingSink;
import dev.sightline.collect.relabel.RelabelAction;
import dev.sightline.collect.relabel.RelabelRule;
import dev.sightline.collect.scrape.ScrapeJob.Limits;
import dev.sightline.collect.scrape.ScrapeJob.Reading;
import dev.sightline.collect.scrape.ScrapeJob.Relabelling;
import dev.sightline.collect.scrape.ScrapeJob.Timing;
import dev.sightline.collect.scrape.TargetStatus.Health;
import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.testkit.FakeClock;
import dev.sightline.wire.exposition.ExpositionFormat;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScrapeLoopTest {
  private static final Timing TIMING = new Timing(Duration.ofSeconds(10), Duration.ofSeconds(5));
  private static final Target TARGET =
      new Target(
          "j",
          Labels.EMPTY,
          Labels.of("job", "j", "instance", "i:1"),
          "http://i:1/metrics",
          TIMING);

  private final FakeClock clock = new FakeClock(1_000_000);
  private final RecordingSink sink = new RecordingSink();
  private final MeterRegistry meters = new MeterRegistry();
  private final TextReader reader = new TextReader();
  private ScrapeJob job = ScrapeJob.of("j", TIMING, List.of());
  private ScrapeLoop loop = loop();

  private ScrapeLoop loop() {
    return new ScrapeLoop(TARGET, job, reader, new ScrapeStore(sink, meters), clock);
  }

  private void with(Reading reading, Limits limits, List<RelabelRule> rules) {
    job =
        new ScrapeJob(
            "j",
            job.endpoint(),
            TIMING,
            reading,
            limits,
            new Relabelling(List.of(), rules),
            job.discovery());
    loop = loop();
  }

  private void scrape(String text) {
    reader.text = text;
    loop.scrape();
    clock.advance(Duration.ofSeconds(10));
  }

  private double counted(String name, Labels labels) {
    return meters.counter(name, "", labels).value();
  }

  @Test
  void addsTheLabelsOfTheTarget() {
    scrape("a{x=\"1\"} 5\nb 6 1234\n");
    assertThat(sink.of("a"))
        .containsExactly("{__name__=\"a\", instance=\"i:1\", job=\"j\", x=\"1\"} 1000000=5.0");
    assertThat(sink.samplesOf("b")).isEqualTo("1234=6.0");
  }

  @Test
  void writesAboutEveryScrape() {
    with(
        Reading.DEFAULT,
        Limits.DEFAULT,
        List.of(RelabelRule.of(RelabelAction.DROP, List.of("__name__"), "go_.*", "", "")));
    reader.before = () -> clock.advance(Duration.ofMillis(250));
    scrape("a 1\nb 1\ngo_x 1\n");
    scrape("a 1\nc 1\ngo_x 1\n");
    assertThat(sink.samplesOf("up")).isEqualTo("1000000=1.0 1010250=1.0");
    assertThat(sink.samplesOf("scrape_duration_seconds")).isEqualTo("1000000=0.25 1010250=0.25");
    assertThat(sink.samplesOf("scrape_samples_scraped")).isEqualTo("1000000=3.0 1010250=3.0");
    assertThat(sink.samplesOf("scrape_samples_post_metric_relabeling"))
        .isEqualTo("1000000=2.0 1010250=2.0");
    assertThat(sink.samplesOf("scrape_series_added")).isEqualTo("1000000=2.0 1010250=1.0");
    assertThat(sink.of("up").getFirst())
        .startsWith("{__name__=\"up\", instance=\"i:1\", job=\"j\"}");
    assertThat(sink.of("go_x")).isEmpty();
  }

  @Test
  void keepsConflictingLabelsUnderAnotherName() {
    scrape("a{job=\"x\",exported_job=\"y\",instance=\"\"} 1\n");
    assertThat(sink.series().getFirst())
        .isEqualTo(
            Labels.of(
                "__name__", "a",
                "exported_exported_job", "x",
                "exported_job", "y",
                "instance", "i:1",
                "job", "j"));
  }

  @Test
  void honorsLabels() {
    with(
        new Reading(true, true, false, ExpositionFormat.PROMETHEUS_TEXT),
        Limits.DEFAULT,
        List.of());
    scrape("a{job=\"x\"} 1\n");
    assertThat(sink.series().getFirst())
        .isEqualTo(Labels.of("__name__", "a", "instance", "i:1", "job", "x"));
  }

  @Test
  void endsSeriesThatVanish() {
    scrape("a 1\nb 1\n");
    scrape("a 2\n");
    scrape("a 3\nb 3\n");
    assertThat(sink.samplesOf("a")).isEqualTo("1000000=1.0 1010000=2.0 1020000=3.0");
    assertThat(sink.samplesOf("b")).isEqualTo("1000000=1.0 1010000=stale 1020000=3.0");
  }

  @Test
  void doesNotEndASeriesThatIsWrittenInAnotherWay() {
    scrape("a{x=\"1\",y=\"2\"} 1\n");
    scrape("a{y=\"2\",x=\"1\"} 2\n");
    assertThat(sink.samplesOf("a")).isEqualTo("1000000=1.0 1010000=2.0");
  }

  @Test
  void endsAllSeriesOfATargetThatFails() {
    scrape("a 1\n");
    reader.error = "connection refused";
    scrape("");
    scrape("");
    assertThat(loop.status().lastScrape().error()).isEqualTo("connection refused");
    assertThat(loop.status().lastScrape().health()).isEqualTo(Health.DOWN);
    reader.error = "";
    scrape("a 2\n");
    assertThat(sink.samplesOf("a")).isEqualTo("1000000=1.0 1010000=stale 1030000=2.0");
    assertThat(sink.samplesOf("up")).isEqualTo("1000000=1.0 1010000=0.0 1020000=0.0 1030000=1.0");
    assertThat(sink.samplesOf("scrape_series_added")).endsWith("1030000=0.0");
    assertThat(loop.status().lastScrape().error()).isEmpty();
  }

  @Test
  void storesNothingOfABrokenText() {
    scrape("a 1\n");
    scrape("a 2\nb 3\n{oops\n");
    assertThat(sink.samplesOf("a")).isEqualTo("1000000=1.0 1010000=stale");
    assertThat(sink.of("b")).isEmpty();
    assertThat(sink.samplesOf("scrape_samples_scraped")).endsWith("1010000=2.0");
    assertThat(loop.status().lastScrape().error())
        .isEqualTo("line 3:6: expected \"=\" after the label name, found the end of the line");
  }

  @Test
  void saysHowATextWithoutATypeWasRead() {
    reader.contentType = "text/html";
    scrape("<html>");
    assertThat(loop.status().lastScrape().error())
        .isEqualTo(
            "line 1:1: expected a metric name, found \"<html>\" (read as PrometheusText0.0.4,"
                + " because its Content-Type is \"text/html\")");
    reader.contentType = "";
    scrape("a 1");
    assertThat(sink.samplesOf("a")).isEqualTo("1010000=1.0");
    reader.contentType = "application/openmetrics-text; version=1.0.0";
    scrape("a 1");
    assertThat(loop.status().lastScrape().error())
        .isEqualTo("line 1:4: the text does not end with \"# EOF\"");
  }

  @Test
  void believesTimestampsAsFarAsItIsTold() {
    scrape("a 1 500\n");
    scrape("");
    assertThat(sink.samplesOf("a")).as("with its own time, without an end").isEqualTo("500=1.0");
    with(
        new Reading(false, false, false, ExpositionFormat.PROMETHEUS_TEXT),
        Limits.DEFAULT,
        List.of());
    scrape("b 1 500\n");
    scrape("");
    assertThat(sink.samplesOf("b")).isEqualTo("1020000=1.0 1030000=stale");
    with(
        new Reading(false, true, true, ExpositionFormat.PROMETHEUS_TEXT),
        Limits.DEFAULT,
        List.of());
    scrape("c 1 500\n");
    scrape("");
    assertThat(sink.samplesOf("c")).isEqualTo("500=1.0 1050000=stale");
  }

  @Test
  void failsBeyondTheLimits() {
    with(Reading.DEFAULT, new Limits(0, 2, 3, 10, 5, 0), List.of());
    scrape("a 1\nb 1\n");
    scrape("a 1\nb 1\nc 1\nd 1\n");
    assertThat(loop.status().lastScrape().error())
        .isEqualTo("4 samples after relabelling, the limit is 2 (sample_limit)");
    assertThat(sink.of("c")).isEmpty();
    assertThat(sink.samplesOf("scrape_samples_post_metric_relabeling")).endsWith("1010000=4.0");
    scrape("a{x=\"1\"} 1\n");
    assertThat(loop.status().lastScrape().error())
        .isEqualTo("metric a has 4 labels, the limit is 3 (label_limit)");
    scrape("abcdefghij 1\n");
    assertThat(loop.status().lastScrape().error())
        .isEqualTo(
            "metric abcdefghij has a value of 10 characters for __name__, the limit is 5"
                + " (label_value_length_limit)");
  }

  @Test
  void dropsRepeatedSeriesAndCountsThem() {
    scrape("a 1\na 2\nb 1 5\nb 1 6\n");
    assertThat(sink.samplesOf("a")).isEqualTo("1000000=1.0");
    assertThat(sink.samplesOf("b")).isEqualTo("5=1.0 6=1.0");
    assertThat(
            counted(
                "sightline_rejected_total",
                Labels.of("surface", "scrape", "reason", "duplicate_in_scrape")))
        .isEqualTo(1);
  }

  @Test
  void doesNotBlameTheTargetForAPauseOfThisProcess() {
    reader.before =
        () -> {
          if (reader.reads == 1) {
            clock.advance(Duration.ofMinutes(1));
            reader.error = "no complete answer within 5s";
          } else {
            reader.error = "";
          }
        };
    scrape("a 1\n");
    assertThat(sink.samplesOf("up")).isEqualTo("1000000=1.0");
  }

  @Test
  void writesTheDueTimeWhenItWakesUpALittleLate() {
    reader.text = "a 1\n";
    loop.scrape();
    clock.advance(Duration.ofMillis(10_002));
    loop.scrape();
    clock.advance(Duration.ofMillis(10_003));
    loop.scrape();
    assertThat(sink.samplesOf("a")).isEqualTo("1000000=1.0 1010000=1.0 1020005=1.0");
  }

  @Test
  void staysUpWhenTheStoreIsFull() {
    sink.full = true;
    scrape("a 1\n");
    assertThat(loop.status().lastScrape().health()).isEqualTo(Health.UP);
    assertThat(counted("sightline_scrape_samples_lost_total", Labels.EMPTY)).isEqualTo(6);
  }

  @Test
  void keepsWhatTheTargetSaysAboutItsMetrics() {
    scrape("# TYPE a counter\n# HELP a Help.\n# HELP b B.\n");
    assertThat(loop.metadata())
        .containsEntry("a", new FamilyMetadata("counter", "Help.", ""))
        .containsEntry("b", new FamilyMetadata("unknown", "B.", ""));
  }
}
