package dev.sightline.wire.serving;

import org.junit.jupiter.api.Test;

class TensorFlowProtocolTest {
  private static final ProtocolCases CASES = new ProtocolCases("tensorflow.txt", Operation.PREDICT);

  @Test
  void readsRequestsAndAnswers() {
    CASES.check();
  }

  @Test
  void damagedBodiesAreReadOrRefused() {
    CASES.damage(3_000);
  }
}
