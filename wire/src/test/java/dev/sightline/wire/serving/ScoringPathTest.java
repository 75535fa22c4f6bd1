package dev.sightline.wire.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScoringPathTest {
  private static void check(Protocol protocol, String path, String want) {
    ScoringPath found = ScoringPath.of(protocol, path, List.of());
    assertThat(
            found == null
                ? "none"
                : found.operation() + " " + found.endpoint() + " " + found.model())
        .isEqualTo(want);
  }

  @Test
  void tellsScoringCallsOfEachProtocol() {
    check(Protocol.MLFLOW, "/invocations", "INVOCATIONS /invocations null");
    check(Protocol.MLFLOW, "/v2/models/a/infer", "none");
    check(Protocol.OPEN_INFERENCE, "/v2/models/a/infer", "INFER /v2/models/{model}/infer a");
    check(
        Protocol.OPEN_INFERENCE,
        "/v2/models/a%20b/versions/3/infer",
        "INFER /v2/models/{model}/infer a b");
    check(Protocol.OPEN_INFERENCE, "/v2/models/a/ready", "none");
    check(Protocol.OPEN_INFERENCE, "/invocations", "INVOCATIONS /invocations null");
    check(Protocol.TENSORFLOW, "/v1/models/a:predict", "PREDICT /v1/models/{model}:predict a");
    check(
        Protocol.TENSORFLOW,
        "/v1/models/a/versions/2:classify",
        "CLASSIFY /v1/models/{model}:classify a");
    check(
        Protocol.TENSORFLOW,
        "/v1/models/a/labels/stable:regress",
        "REGRESS /v1/models/{model}:regress a");
    check(Protocol.TENSORFLOW, "/v1/models/a", "none");
    check(Protocol.TENSORFLOW, "/v1/models/a/versions/2/more:predict", "none");
    check(Protocol.TORCHSERVE, "/predictions/a", "ANY_JSON /predictions/{model} a");
    check(Protocol.TORCHSERVE, "/predictions/a/2.0", "ANY_JSON /predictions/{model} a");
    check(Protocol.TORCHSERVE, "/ping", "none");
    check(Protocol.JSON, "/predict", "ANY_JSON /predict null");
    check(Protocol.JSON, "/score", "none");
    check(Protocol.OPENAI, "/v1/chat/completions", "CHAT /chat/completions null");
    check(Protocol.OPENAI, "/v1/completions", "COMPLETION /completions null");
    check(Protocol.OPENAI, "/v1/embeddings", "EMBEDDING /embeddings null");
    check(Protocol.OPENAI, "/v1/models", "none");
    check(Protocol.OPEN_INFERENCE, "/v2/models/%zz/infer", "INFER /v2/models/{model}/infer %zz");
  }

  @Test
  void configuredPathsTakeThePlaceOfTheUsualOne() {
    List<String> configured = List.of("/score", "/a/b");
    assertThat(ScoringPath.of(Protocol.JSON, "/a/b", configured))
        .isEqualTo(new ScoringPath(Operation.ANY_JSON, "/a/b", null));
    assertThat(ScoringPath.of(Protocol.JSON, "/predict", configured)).isNull();
    assertThat(ScoringPath.of(Protocol.TORCHSERVE, "/predictions/m", configured)).isNotNull();
  }
}
