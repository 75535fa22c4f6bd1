package dev.sightline.wire.serving;

import org.junit.jupiter.api.Test;

class JsonProtocolTest {
  private static final ProtocolCases CASES = new ProtocolCases("json.txt", Operation.ANY_JSON);

  @Test
  void readsRequestsAndAnswers() {
    CASES.check();
  }

  @Test
  void damagedBodiesAreReadOrRefused() {
    CASES.damage(3_000);
  }
}
