package dev.sightline.demo.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.demo.client.ModelClient;
import dev.sightline.demo.client.WatchedModel;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class TrafficTest {
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final PrintStream progress = new PrintStream(shown, true, StandardCharsets.UTF_8);

  @Test
  void sendsCallsAndTruthsAndCountsBoth() {
    try (FakeStack stack = new FakeStack()) {
      TrafficSummary summary =
          Traffic.run(options(stack.model("secret"), 100, Duration.ofMillis(1_200)), progress);
      assertThat(summary.sent() + summary.skipped()).isEqualTo(120);
      assertThat(summary.ok() + summary.failed())
          .isEqualTo(summary.sent())
          .isEqualTo(stack.calls.size());
      assertThat(summary.failed()).isBetween(40L, 80L);
      assertThat(summary.unanswered()).isZero();
      assertThat(summary.truths().joined()).isPositive().isEqualTo(stack.truths.size());
      assertThat(summary.judged()).isEqualTo(summary.ok());
      assertThat(summary.right()).isBetween(1L, summary.judged() - 1);
      assertThat(stack.truths.values()).contains("positive", "negative");
      assertThat(stack.authorizations).containsOnly("Bearer secret");
      assertThat(summary.latency().p50Ms()).isPositive();
      assertThat(shown.toString(StandardCharsets.UTF_8))
          .contains("   1 s  ")
          .contains("calls       ")
          .contains("truths      ");
    }
  }

  @Test
  void saysWhenTheGatewayGivesNoIds() {
    try (FakeStack stack = new FakeStack()) {
      stack.givesIds = false;
      TrafficSummary summary =
          Traffic.run(options(stack.model(null), 100, Duration.ofMillis(300)), progress);
      assertThat(summary.truths().unsent()).isPositive();
      assertThat(stack.truths).isEmpty();
      assertThat(shown.toString(StandardCharsets.UTF_8))
          .contains("truths, such as: the answers have no X-Request-Id");
    }
  }

  @Test
  void saysWhenNobodyIsThere() {
    URI nowhere = URI.create("http://127.0.0.1:1");
    TrafficSummary summary =
        Traffic.run(
            options(
                new WatchedModel(nowhere, "/predict", nowhere, "sentiment", null),
                100,
                Duration.ofMillis(100)),
            progress);
    assertThat(summary.unanswered()).isEqualTo(summary.sent()).isPositive();
    assertThat(summary.problem()).isEqualTo("nobody listens on 127.0.0.1:1");
    assertThat(summary.latency().p50Ms()).isNaN();
    assertThat(shown.toString(StandardCharsets.UTF_8))
        .contains("such as: nobody listens on 127.0.0.1:1")
        .doesNotContain("NaN", "Exception", "p50");
  }

  @Test
  void whetherAnybodyIsThereIsKnownBefore() {
    try (FakeStack stack = new FakeStack();
        ModelClient client = new ModelClient(stack.model(null))) {
      assertThat(client.unreachable()).isNull();
    }
    URI nowhere = URI.create("http://127.0.0.1:1");
    try (ModelClient client =
        new ModelClient(new WatchedModel(nowhere, "/predict", nowhere, "sentiment", null))) {
      assertThat(client.unreachable()).isEqualTo("nobody listens on 127.0.0.1:1");
    }
  }

  @Test
  void anInterruptEndsItWithASummary() throws Exception {
    try (FakeStack stack = new FakeStack()) {
      AtomicReference<TrafficSummary> summary = new AtomicReference<>();
      CountDownLatch firstSecond = new CountDownLatch(1);
      PrintStream watched =
          new PrintStream(shown, true, StandardCharsets.UTF_8) {
            @Override
            public void println(String line) {
              super.println(line);
              firstSecond.countDown();
            }
          };
      Thread run =
          Thread.ofVirtual()
              .start(
                  () ->
                      summary.set(
                          Traffic.run(
                              options(stack.model(null), 50, Duration.ofHours(1)), watched)));
      firstSecond.await();
      run.interrupt();
      run.join();
      assertThat(summary.get().sent()).isPositive();
      assertThat(shown.toString(StandardCharsets.UTF_8)).contains("stopped early", "calls ");
    }
  }

  @Test
  void calmTrafficGoesOnUntilItIsClosed() {
    try (FakeStack stack = new FakeStack()) {
      CalmTraffic calm = CalmTraffic.start(stack.model(null));
      try (calm) {
        while (stack.calls.size() < 2) {
          Thread.onSpinWait();
        }
      }
      assertThat(calm.summary().sent()).isGreaterThanOrEqualTo(stack.calls.size());
      assertThat(calm.summary().failed()).isZero();
    }
  }

  @Test
  void refusesOptionsOutOfBounds() {
    WatchedModel model =
        new WatchedModel(
            WatchedModel.address("127.0.0.1:8000"),
            "/predict",
            WatchedModel.address("http://127.0.0.1:7444"),
            "sentiment",
            null);
    assertThatThrownBy(() -> options(model, 0, Duration.ofSeconds(1)))
        .hasMessage("the rate must be above 0 and at most 2000 calls per second, not 0.0");
    assertThatThrownBy(() -> options(model, 1, Duration.ZERO)).hasMessageContaining("duration");
    assertThatThrownBy(
            () ->
                new TrafficOptions(
                    model, 1, Duration.ofSeconds(1), 101, 50, false, 1, Duration.ZERO))
        .hasMessage("the share of failing calls must be 0 to 100 percent, not 101");
    assertThatThrownBy(
            () -> new WatchedModel(model.gateway(), "/predict", model.server(), "a/b", null))
        .hasMessageContaining("'a/b'");
    assertThatThrownBy(
            () ->
                new WatchedModel(
                    WatchedModel.address("ftp://x"), "/predict", model.server(), "a", null))
        .hasMessageContaining("gateway");
  }

  private static TrafficOptions options(WatchedModel model, double rate, Duration duration) {
    return new TrafficOptions(model, rate, duration, 50, 50, false, 1, Duration.ofMillis(300));
  }
}
