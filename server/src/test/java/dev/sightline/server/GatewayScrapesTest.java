package dev.sightline.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GatewayScrapesTest {
  private static final String GATEWAY = "127.0.0.1:8000";

  @Test
  void knowsTheGatewayByItsNames() {
    assertThat(GatewayScrapes.isGateway("http://127.0.0.1:8000/metrics", GATEWAY)).isTrue();
    assertThat(GatewayScrapes.isGateway("http://localhost:8000/metrics", GATEWAY)).isTrue();
    assertThat(GatewayScrapes.isGateway("http://127.0.0.1:8001/metrics", GATEWAY)).isFalse();
  }

  @Test
  void takesNoOffenceAtOddTargets() {
    for (String odd :
        new String[] {"", "http://", "http://a b:1/", "http://[::1/", "%%", "a_b:1"}) {
      assertThat(GatewayScrapes.isGateway(odd, GATEWAY)).as(odd).isFalse();
    }
  }
}
