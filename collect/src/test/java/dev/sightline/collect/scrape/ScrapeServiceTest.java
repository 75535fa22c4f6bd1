package dev.sightline.collect.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.collect.RecordingSink;
import dev.sightline.collect.discover.FileDiscovery;
import dev.sightline.collect.discover.TargetGroup;
import dev.sightline.collect.relabel.RelabelAction;
import dev.sightline.collect.relabel.RelabelRule;
import dev.sightline.collect.scrape.ScrapeJob.Discovery;
import dev.sightline.collect.scrape.ScrapeJob.Limits;
import dev.sightline.collect.scrape.ScrapeJob.Reading;
import dev.sightline.collect.scrape.ScrapeJob.Relabelling;
import dev.sightline.collect.scrape.ScrapeJob.Timing;
import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.testkit.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScrapeServiceTest {
  private static final Timing TIMING = new Timing(Duration.ofSeconds(10), Duration.ofSeconds(5));

  private final FakeClock clock = new FakeClock(1_000_000);
  private final RecordingSink sink = new RecordingSink();
  private final Map<String, TextReader> readers = new HashMap<>();

  private ScrapeService start(ScrapeJob... jobs) {
    return ScrapeService.start(
        List.of(jobs),
        new ScrapeStore(sink, new MeterRegistry()),
        clock,
        clock,
        (target, _) -> {
          TextReader reader = new TextReader();
          reader.text = "# TYPE a gauge\na 1\n";
          readers.put(target.url(), reader);
          return reader;
        });
  }

  private static ScrapeJob job(String name, String... addresses) {
    return ScrapeJob.of(
        name, TIMING, List.of(new TargetGroup(List.of(addresses), Labels.of("team", "ml"))));
  }

  private static ScrapeJob with(
      ScrapeJob job, Limits limits, List<RelabelRule> rules, List<FileDiscovery> files) {
    return new ScrapeJob(
        job.name(),
        job.endpoint(),
        job.timing(),
        Reading.DEFAULT,
        limits,
        new Relabelling(rules, List.of()),
        new Discovery(job.discovery().fixed(), files));
  }

  private void pass(int seconds) {
    clock.advance(Duration.ofSeconds(seconds));
  }

  private static List<String> instances(ScrapeService service) {
    return service.targets().stream().map(each -> each.target().labels().get("instance")).toList();
  }

  @Test
  void scrapesEachTargetOncePerIntervalAtItsOwnMoment() {
    try (ScrapeService service = start(job("j", "x:1", "y:1"))) {
      pass(30);
      assertThat(readers.get("http://x:1/metrics").reads).isEqualTo(3);
      List<Long> times =
          service.targets().stream().map(each -> each.lastScrape().atMs() % 10_000).toList();
      assertThat(times.getFirst()).isNotEqualTo(times.getLast());
    }
    try (ScrapeService again = start(job("j", "x:1", "y:1"))) {
      pass(10);
      assertThat(again.targets()).extracting(each -> each.lastScrape().atMs()).doesNotContain(0L);
    }
    assertThat(sink.of("up").getFirst()).contains("instance=\"x:1\", job=\"j\", team=\"ml\"");
  }

  @Test
  void describesTargets() {
    List<RelabelRule> rules =
        List.of(
            RelabelRule.of(RelabelAction.DROP, List.of("__address__"), "y:.*", "", ""),
            RelabelRule.of(RelabelAction.REPLACE, List.of(), "(.*)", "__metrics_path__", "/m"),
            RelabelRule.of(RelabelAction.REPLACE, List.of(), "(.*)", "__param_q", "a b"),
            RelabelRule.of(RelabelAction.REPLACE, List.of(), "(.*)", "__scrape_timeout__", "2s"),
            RelabelRule.of(RelabelAction.REPLACE, List.of(), "(.*)", "instance", "renamed"));
    try (ScrapeService service =
        start(with(job("j", "x:1", "y:1"), Limits.DEFAULT, rules, List.of()))) {
      pass(10);
      Target target = service.targets().getFirst().target();
      assertThat(target.url()).isEqualTo("http://x:1/m?q=a+b");
      assertThat(target.labels())
          .isEqualTo(Labels.of("instance", "renamed", "job", "j", "team", "ml"));
      assertThat(target.timing())
          .isEqualTo(new Timing(Duration.ofSeconds(10), Duration.ofSeconds(2)));
      assertThat(target.discovered())
          .isEqualTo(
              Labels.of(
                  "__address__", "x:1",
                  "__metrics_path__", "/metrics",
                  "__scheme__", "http",
                  "__scrape_interval__", "10s",
                  "__scrape_timeout__", "5s",
                  "job", "j",
                  "team", "ml"));
      assertThat(service.dropped()).hasSize(1);
      assertThat(service.dropped().getFirst().discovered().get("__address__")).isEqualTo("y:1");
      assertThat(service.metadata())
          .containsExactly(new TargetMetadata(target, "a", new FamilyMetadata("gauge", "", "")));
    }
  }

  @Test
  void endsTheSeriesOfTargetsThatAReloadRemoves() {
    try (ScrapeService service = start(job("j", "x:1", "y:1"), job("k", "z:1"))) {
      pass(10);
      TextReader kept = readers.get("http://x:1/metrics");
      service.reload(List.of(job("j", "x:1")));
      assertThat(instances(service)).containsExactly("x:1");
      assertThat(readers.get("http://y:1/metrics").closed).isTrue();
      assertThat(kept.closed).isFalse();
      pass(10);
      assertThat(kept.reads).isEqualTo(2);
      assertThat(sink.of("a").get(0)).as("x").doesNotContain("stale");
      assertThat(sink.of("a").get(1)).as("y").endsWith("=stale");
      assertThat(sink.of("a").get(2)).as("z").endsWith("=stale");
      assertThat(sink.of("up").get(1)).as("y").endsWith("=stale");
    }
  }

  @Test
  void handsTheSeriesOverWhenATargetIsScrapedInAnotherWay() {
    try (ScrapeService service = start(job("j", "x:1"))) {
      pass(10);
      service.reload(
          List.of(with(job("j", "x:1"), new Limits(0, 0, 0, 0, 0, 0), List.of(), List.of())));
      readers.get("http://x:1/metrics").text = "b 1\n";
      pass(10);
      assertThat(sink.samplesOf("up")).doesNotContain("stale");
      assertThat(sink.samplesOf("a")).as("vanished meanwhile").endsWith("=stale");
    }
  }

  @Test
  void leavesSeriesOpenForARestart() {
    try (ScrapeService _ = start(job("j", "x:1"))) {
      pass(10);
    }
    assertThat(sink.samplesOf("a")).doesNotContain("stale");
  }

  @Test
  void scrapesATargetOnceHoweverOftenItIsListed() {
    try (ScrapeService service = start(job("j", "x:1", "x:1"))) {
      assertThat(service.targets()).hasSize(1);
    }
  }

  @Test
  void failsAllTargetsBeyondTheirLimit() {
    Limits one = new Limits(0, 0, 0, 0, 0, 1);
    try (ScrapeService service = start(with(job("j", "x:1", "y:1"), one, List.of(), List.of()))) {
      pass(10);
      assertThat(service.targets())
          .extracting(each -> each.lastScrape().error())
          .containsOnly("job j has more than 1 targets (target_limit)");
      service.reload(List.of(with(job("j", "x:1"), one, List.of(), List.of())));
      pass(10);
      assertThat(service.targets())
          .extracting(each -> each.lastScrape().error())
          .containsExactly("");
    }
  }

  @Test
  void followsListsInFiles(@TempDir Path folder) throws IOException {
    Path list = folder.resolve("targets.json");
    Files.writeString(list, "[{\"targets\": [\"f:1\"], \"labels\": {\"env\": \"prod\"}}]");
    FileDiscovery files =
        new FileDiscovery(List.of(folder.resolve("*.json")), Duration.ofSeconds(30));
    try (ScrapeService service =
        start(with(job("j", "x:1"), Limits.DEFAULT, List.of(), List.of(files)))) {
      assertThat(instances(service)).containsExactly("x:1", "f:1");
      Labels labels = service.targets().getLast().target().labels();
      assertThat(labels).isEqualTo(Labels.of("env", "prod", "instance", "f:1", "job", "j"));
      Files.writeString(list, "[{\"targets\": [\"g:1\"]}]");
      pass(30);
      assertThat(instances(service)).containsExactly("x:1", "g:1");
      Files.writeString(list, "[{\"targets\": ");
      pass(30);
      assertThat(instances(service))
          .as("a broken list changes nothing")
          .containsExactly("x:1", "g:1");
      Files.delete(list);
      pass(30);
      assertThat(instances(service)).containsExactly("x:1");
    }
  }
}
