package dev.sightline.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.gateway.config.Rivals;
import dev.sightline.gateway.config.Rivals.Challenger;
import dev.sightline.gateway.config.UpstreamModel;
import dev.sightline.gateway.config.UpstreamModel.Task;
import dev.sightline.wire.serving.Protocol;
import dev.sightline.wire.serving.ServingReader;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RivalsTest {
  private static final int CALLS = 100_000;
  private static final double GOLDEN_PLACE = 0.15553841805138158;

  static UpstreamModel version(String version, URI uri) {
    return new UpstreamModel(
        "churn", version, uri, Task.CLASSIFICATION, ServingReader.of(Protocol.MLFLOW));
  }

  private static UpstreamModel champion(@Nullable String stickyHeader) {
    UpstreamModel plain = version("1", URI.create("http://a"));
    Rivals rivals =
        new Rivals(
            List.of(
                new Challenger(version("2", URI.create("http://b")), 0.1),
                new Challenger(version("3", URI.create("http://c")), 0.25)),
            stickyHeader,
            null);
    return new UpstreamModel("churn", "1", plain.servers(), plain.task(), plain.reader(), rivals);
  }

  private static Map<String, Double> shares(
      UpstreamModel champion, IntFunction<@Nullable String> header) {
    Map<String, Double> shares = new TreeMap<>();
    for (int i = 0; i < CALLS; i++) {
      UpstreamModel chosen = champion.rivals().choose(champion, header.apply(i));
      shares.merge(chosen.version(), 1.0 / CALLS, Double::sum);
    }
    return shares;
  }

  private static void checkShares(Map<String, Double> shares) {
    assertThat(shares.get("1")).isCloseTo(0.65, within(0.01));
    assertThat(shares.get("2")).isCloseTo(0.1, within(0.01));
    assertThat(shares.get("3")).isCloseTo(0.25, within(0.01));
  }

  @Test
  void eachVersionGetsItsShare() {
    checkShares(shares(champion(null), i -> "user-" + i % 3));
    checkShares(shares(champion("X-User"), i -> "user-" + i));
    checkShares(shares(champion("X-User"), _ -> null));
  }

  @Test
  void aClientStaysWithItsVersion() {
    for (int user = 0; user < 100; user++) {
      String name = "user-" + user;
      UpstreamModel champion = champion("X-User");
      String first = champion.rivals().choose(champion, name).version();
      for (int i = 0; i < 20; i++) {
        UpstreamModel again = champion("X-User");
        assertThat(again.rivals().choose(again, name).version()).isEqualTo(first);
      }
    }
  }

  /// A client must stay where it is after a restart and after an update, too.
  @Test
  void placesAreTheSameInEveryProcess() {
    assertThat(Rivals.place("churn", "user-1")).isEqualTo(GOLDEN_PLACE);
    assertThat(Rivals.place("other", "user-1")).isNotEqualTo(GOLDEN_PLACE);
  }
}
