package dev.sightline.wire.serving;

import org.junit.jupiter.api.Test;

class OpenAiProtocolTest {
  private static final ProtocolCases CASES = new ProtocolCases("openai.txt", Operation.CHAT);

  @Test
  void readsRequestsAndAnswers() {
    CASES.check();
  }

  @Test
  void damagedBodiesAreReadOrRefused() {
    CASES.damage(3_000);
  }
}
