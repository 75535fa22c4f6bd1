package dev.sightline.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.gateway.config.GatewayLimits;
import dev.sightline.gateway.config.UpstreamModel;
import dev.sightline.gateway.config.UpstreamModel.Task;
import dev.sightline.gateway.route.Routes;
import dev.sightline.gateway.route.Target;
import dev.sightline.wire.serving.OutputMapping;
import dev.sightline.wire.serving.Protocol;
import dev.sightline.wire.serving.ServingReader;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoutesTest {
  private final Routes routes =
      new Routes(
          List.of(
              UpstreamModel.mlflow("sentiment", URI.create("http://a:1")),
              UpstreamModel.mlflow("churn", URI.create("http://b:2/base/")),
              UpstreamModel.mlflow("café au lait", URI.create("http://c:3"))));

  private void check(String request, String want) {
    check(routes, request, want);
  }

  private static void check(Routes routes, String request, String want) {
    String[] parts = request.split(" ");
    Target target = routes.target(parts[0], parts[1]);
    assertThat(target).isNotNull();
    assertThat(
            "%s %s endpoint=%s%s"
                .formatted(
                    target.model().name(),
                    target.model().servers().upstreams().getFirst().prefix()
                        + target.pathAndQuery(),
                    target.endpoint(),
                    target.scoring() ? " scoring" : ""))
        .isEqualTo(want);
  }

  @Test
  void aFirstSegmentThatNamesAModelSelectsIt() {
    check("POST /predict", "sentiment /invocations endpoint=/predict scoring");
    check("POST /invocations", "sentiment /invocations endpoint=/invocations scoring");
    check("POST /sentiment/predict", "sentiment /invocations endpoint=/predict scoring");
    check("POST /churn/predict", "churn /base/invocations endpoint=/predict scoring");
    check(
        "POST /churn/invocations?a=1", "churn /base/invocations?a=1 endpoint=/invocations scoring");
    check("GET /churn", "churn /base/ endpoint=/");
    check("GET /churn/", "churn /base/ endpoint=/");
    check("GET /churn?x=/y", "churn /base/?x=/y endpoint=/");
    check("GET /caf%C3%A9%20au%20lait/ping", "café au lait /ping endpoint=/ping");
  }

  @Test
  void everythingElseGoesToTheDefaultModelVerbatim() {
    check("GET /ping", "sentiment /ping endpoint=/ping");
    check("GET /predict", "sentiment /predict endpoint=/predict");
    check("GET /", "sentiment / endpoint=/");
    check("GET /churning/x", "sentiment /churning/x endpoint=other");
    check(
        "GET /v1/models/m%2Fn?q=%20&q=a+b",
        "sentiment /v1/models/m%2Fn?q=%20&q=a+b endpoint=other");
    check("POST /predict/more", "sentiment /predict/more endpoint=other");
    check("POST /churn/churn/predict", "churn /base/churn/predict endpoint=other");
    check("GET /churn/metrics", "churn /base/metrics endpoint=/metrics");
    check("PUT /invocations", "sentiment /invocations endpoint=/invocations");
  }

  @Test
  void aServerOfSeveralModelsNamesThemInItsOwnPaths() {
    URI triton = URI.create("http://t:1");
    ServingReader v2 = ServingReader.of(Protocol.OPEN_INFERENCE);
    Routes served =
        new Routes(
            List.of(
                new UpstreamModel("iris", "", triton, Task.CLASSIFICATION, v2),
                new UpstreamModel("churn", "", triton, Task.CLASSIFICATION, v2),
                UpstreamModel.mlflow("plain", URI.create("http://p:1"))));
    check(
        served,
        "POST /v2/models/churn/infer",
        "churn /v2/models/churn/infer endpoint=/v2/models/{model}/infer scoring");
    check(
        served,
        "POST /v2/models/unknown/infer",
        "iris /v2/models/unknown/infer endpoint=/v2/models/{model}/infer scoring");
    check(
        served,
        "POST /v2/models/plain/infer",
        "iris /v2/models/plain/infer endpoint=/v2/models/{model}/infer scoring");
    check(
        served,
        "POST /churn/v2/models/iris/infer",
        "churn /v2/models/iris/infer endpoint=/v2/models/{model}/infer scoring");
    check(served, "POST /predict", "iris /predict endpoint=/predict");
    check(served, "GET /v2/models/churn/ready", "iris /v2/models/churn/ready endpoint=other");
    check(served, "POST /plain/predict", "plain /invocations endpoint=/predict scoring");
  }

  @Test
  void withoutModelsThereIsNoTarget() {
    assertThat(new Routes(List.of()).target("GET", "/ping")).isNull();
  }

  @Test
  void modelsThatCannotBeReachedByTheirPathAreRefused() {
    for (String name : List.of("", "a/b", "metrics", "predict", "ping")) {
      assertThatThrownBy(() -> UpstreamModel.mlflow(name, URI.create("http://a:1")))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (String uri : List.of("ftp://a:1", "a:1", "/x", "http:///x", "http://a:1?x=y")) {
      assertThatThrownBy(() -> UpstreamModel.mlflow("m", URI.create(uri)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("an upstream must");
    }
    UpstreamModel model = UpstreamModel.mlflow("m", URI.create("http://a:1"));
    assertThatThrownBy(() -> TestGateway.config(GatewayLimits.DEFAULT, model, model))
        .hasMessageContaining("one name");
    assertThatThrownBy(() -> new OutputMapping(null, null, null, null, List.of(), 0, null))
        .hasMessageContaining("scale");
  }
}
