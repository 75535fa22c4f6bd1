package dev.sightline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.gateway.config.HealthCheck;
import dev.sightline.gateway.config.Servers;
import dev.sightline.gateway.config.Servers.Balance;
import dev.sightline.gateway.config.Upstream;
import dev.sightline.gateway.upstream.Fleet;
import dev.sightline.gateway.upstream.Member;
import dev.sightline.wire.serving.Protocol;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FleetTest {
  /// A server for each weight; the first is called `a`.
  private static Fleet fleet(Balance balance, int... weights) {
    List<Upstream> upstreams = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      upstreams.add(new Upstream(URI.create("http://" + (char) ('a' + i)), weights[i]));
    }
    return new Fleet(new Servers(upstreams, balance, HealthCheck.of(Protocol.MLFLOW)));
  }

  private static Map<String, Integer> chosen(Fleet fleet, int calls, boolean keepOpen) {
    Map<String, Integer> counts = new TreeMap<>();
    for (int i = 0; i < calls; i++) {
      Member member = fleet.choose();
      counts.merge(member.upstream().uri().getHost(), 1, Integer::sum);
      member.callBegins();
      if (!keepOpen) {
        member.callEnds();
      }
    }
    return counts;
  }

  @Test
  void callsAreSharedByWeight() {
    assertThat(chosen(fleet(Balance.ROUND_ROBIN, 1, 1), 100, true))
        .isEqualTo(Map.of("a", 50, "b", 50));
    assertThat(chosen(fleet(Balance.ROUND_ROBIN, 3, 1), 100, true))
        .isEqualTo(Map.of("a", 75, "b", 25));
    assertThat(chosen(fleet(Balance.LEAST_CONNECTIONS, 3, 1), 100, true))
        .isEqualTo(Map.of("a", 75, "b", 25));
    assertThat(chosen(fleet(Balance.LEAST_CONNECTIONS, 1, 1), 100, false))
        .isEqualTo(Map.of("a", 50, "b", 50));
  }

  @Test
  void aServerWithManyCallsGetsNoMore() {
    Fleet fleet = fleet(Balance.LEAST_CONNECTIONS, 1, 1);
    for (int i = 0; i < 50; i++) {
      fleet.members().getFirst().callBegins();
    }
    assertThat(chosen(fleet, 50, true)).isEqualTo(Map.of("b", 50));
  }

  @Test
  void aServerThatFailsGetsNoCallsUntilItIsWell() {
    for (Balance balance : Balance.values()) {
      Fleet fleet = fleet(balance, 1, 1, 1);
      Member sick = fleet.members().get(1);
      sick.failed();
      sick.failed();
      sick.succeeded();
      sick.failed();
      sick.failed();
      assertThat(sick.isUp()).isTrue();
      sick.failed();
      assertThat(chosen(fleet, 30, false)).doesNotContainKey("b").hasSize(2);
      sick.succeeded();
      assertThat(sick.isUp()).isFalse();
      sick.succeeded();
      assertThat(chosen(fleet, 30, false)).containsEntry("b", 10);
    }
  }

  @Test
  void whereNoServerIsUpAllGetCalls() {
    Fleet fleet = fleet(Balance.LEAST_CONNECTIONS, 1, 1);
    for (Member member : fleet.members()) {
      for (int i = 0; i < 3; i++) {
        member.failed();
      }
    }
    assertThat(chosen(fleet, 10, false)).isEqualTo(Map.of("a", 5, "b", 5));
  }

  @Test
  void theOneThatFailedIsNotChosenAgain() {
    for (Balance balance : Balance.values()) {
      Fleet fleet = fleet(balance, 1, 1);
      Member first = fleet.choose();
      for (int i = 0; i < 10; i++) {
        assertThat(fleet.choose(first)).isNotSameAs(first).isNotNull();
      }
      Fleet alone = fleet(balance, 1);
      assertThat(alone.choose(alone.choose())).isNull();
    }
  }
}
