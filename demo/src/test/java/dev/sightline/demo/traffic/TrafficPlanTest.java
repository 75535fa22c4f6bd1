package dev.sightline.demo.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.demo.client.WatchedModel;
import dev.sightline.demo.sentiment.Corpus;
import dev.sightline.demo.sentiment.Sentence;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TrafficPlanTest {
  private static final int MANY = 4_000;

  @Test
  void sameSeedGivesSameCalls() {
    assertThat(calls(options(50, true, 7))).isEqualTo(calls(options(50, true, 7)));
    assertThat(calls(options(50, true, 7))).isNotEqualTo(calls(options(50, true, 8)));
  }

  @Test
  void failsAndLabelsTheSharesThatItIsTold() {
    List<PlannedCall> calls = calls(options(70, false, 1));
    for (int end = 10; end <= MANY; end += 10) {
      List<PlannedCall> good =
          calls.subList(0, end).stream().filter(call -> call.text() != null).toList();
      long labelled = good.stream().filter(call -> call.truthDelay() != null).count();
      assertThat(good).hasSize(end * 3 / 10);
      assertThat((double) labelled).isEqualTo(good.size() / 2.0, within(2.5));
    }
    assertThat(calls(options(0, false, 1))).noneMatch(call -> call.text() == null);
    assertThat(calls(options(100, false, 1))).allMatch(call -> call.text() == null);
  }

  @Test
  void neverSendsWhatTheModelWasTrainedOn() {
    List<String> trained = Corpus.training().stream().map(Sentence::text).toList();
    List<String> sent = texts(options(0, false, 1)).distinct().toList();
    assertThat(sent).hasSizeGreaterThan(500);
    assertThat(sent).noneMatch(text -> trained.stream().anyMatch(text::contains));
  }

  @Test
  void driftChangesTheSentencesAndNothingElse() {
    List<String> strange = Corpus.drifted().stream().map(Sentence::text).toList();
    assertThat(texts(options(0, false, 1))).doesNotContainAnyElementsOf(strange);
    long drifted = texts(options(0, true, 1)).filter(strange::contains).count();
    assertThat((double) drifted / MANY).isEqualTo(0.8, within(0.03));
    assertThat(calls(options(40, true, 1)).stream().filter(call -> call.text() == null))
        .hasSize(MANY * 4 / 10);
  }

  @Test
  void reportsTruthsBetweenAThirdAndTheWholeOfTheDelay() {
    assertThat(calls(options(0, false, 1)).stream().map(PlannedCall::truthDelay))
        .filteredOn(Objects::nonNull)
        .allMatch(delay -> delay.toMillis() >= 2_000 && delay.toMillis() <= 6_000);
  }

  @Test
  void writesADataframe() {
    PlannedCall call = new PlannedCall("It is \"good\".", "web", "positive", null);
    assertThat(new String(call.body(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"dataframe_split\":{\"columns\":[\"text\",\"channel\",\"words\"],"
                + "\"data\":[[\"It is \\\"good\\\".\",\"web\",3]]}}");
    PlannedCall failing = new PlannedCall(null, "app", null, null);
    assertThat(new String(failing.body(), StandardCharsets.UTF_8))
        .endsWith("\"data\":[[null,\"app\",0]]}}");
  }

  private static Stream<String> texts(TrafficOptions options) {
    return calls(options).stream().map(PlannedCall::text).filter(Objects::nonNull);
  }

  private static List<PlannedCall> calls(TrafficOptions options) {
    TrafficPlan plan = new TrafficPlan(options);
    return Stream.generate(plan::next).limit(MANY).toList();
  }

  private static TrafficOptions options(int failingPercent, boolean drift, long seed) {
    URI nowhere = URI.create("http://127.0.0.1:1");
    WatchedModel model = new WatchedModel(nowhere, "/predict", nowhere, "sentiment", null);
    return new TrafficOptions(
        model, 10, Duration.ofSeconds(1), failingPercent, 50, drift, seed, Duration.ofSeconds(6));
  }
}
