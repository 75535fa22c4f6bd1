package dev.sightline.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.gateway.config.Countries;
import dev.sightline.gateway.config.HeaderCountries;
import dev.sightline.gateway.config.Rivals;
import dev.sightline.gateway.config.Servers.Balance;
import dev.sightline.gateway.config.UpstreamModel;
import dev.sightline.gateway.config.UpstreamModel.Task;
import dev.sightline.wire.serving.Protocol;
import dev.sightline.wire.serving.ServingReader;
import dev.sightline.wire.yaml.ConfigException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelReaderTest {
  @TempDir private Path directory;

  private UpstreamModel model(String text) {
    Path file = directory.resolve("c.yml");
    try {
      Files.writeString(file, "models:\n- { name: churn, " + text + " }\n");
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
    return ConfigReader.read(new Flags(file, null, null, null, null, null, false))
        .gateway()
        .models()
        .getFirst();
  }

  private void fails(String text, String message) {
    assertThatThrownBy(() -> model(text))
        .as(text)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }

  @Test
  void oneServerNeedsOneLine() {
    UpstreamModel model = model("upstream: 'http://a:1'");
    assertThat(model)
        .isEqualTo(
            new UpstreamModel(
                "churn",
                "",
                URI.create("http://a:1"),
                Task.CLASSIFICATION,
                ServingReader.of(Protocol.MLFLOW)));
  }

  @Test
  void severalServersAreBalancedAndChecked() {
    UpstreamModel model =
        model(
            "protocol: v2, upstreams: [ { url: 'http://a:1', weight: 3 }, { url: 'http://b:2/x' } ],"
                + " balance: round_robin, health: { interval: 1s, failures: 1 }");
    assertThat(model.servers().upstreams()).hasSize(2);
    assertThat(model.servers().upstreams().getFirst().weight()).isEqualTo(3);
    assertThat(model.servers().balance()).isEqualTo(Balance.ROUND_ROBIN);
    assertThat(model.servers().health().path()).isEqualTo("/v2/health/ready");
    assertThat(model.servers().health().interval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(model.servers().health().failures()).isEqualTo(1);
    assertThat(model.servers().health().successes()).isEqualTo(2);
  }

  @Test
  void rivalsSpeakTheProtocolOfTheChampion() {
    UpstreamModel model =
        model(
            "version: '3', protocol: json, upstream: 'http://a:1', output: { prediction: y },"
                + " challengers: [ { version: '4', share: 0.1, upstream: 'http://b:1' } ],"
                + " sticky_header: X-User,"
                + " shadow: { version: '5', upstream: 'http://c:1', output: { prediction: z } }");
    Rivals rivals = model.rivals();
    assertThat(rivals.stickyHeader()).isEqualTo("X-User");
    Rivals.Challenger challenger = rivals.challengers().getFirst();
    assertThat(challenger.share()).isEqualTo(0.1);
    assertThat(challenger.model().name()).isEqualTo("churn");
    assertThat(challenger.model().reader()).isEqualTo(model.reader());
    UpstreamModel shadow = Objects.requireNonNull(rivals.shadow());
    assertThat(shadow.name()).isEqualTo("churn-shadow");
    assertThat(shadow.reader().protocol()).isEqualTo(Protocol.JSON);
    assertThat(shadow.reader().output()).isNotEqualTo(model.reader().output());
  }

  @Test
  void readsHowAnswersAreMapped() {
    UpstreamModel model =
        model(
            "protocol: openai, upstream: 'http://a:1', keep_text: true, paths: [/x],"
                + " input: { id: /id, rows: '/rows/*' },"
                + " output: { classes: [no, yes], positive: no, threshold: 0.3, scale: 100 }");
    assertThat(model.task()).isEqualTo(Task.GENERATION);
    assertThat(model.reader().input().keepText()).isTrue();
    assertThat(model.reader().paths()).containsExactly("/x");
    assertThat(Objects.requireNonNull(model.reader().output().binary()).positive()).isEqualTo("no");
  }

  @Test
  void namesWhatIsWrong() {
    fails("protocol: v3, upstream: 'http://a:1'", "must be one of mlflow, v2, tensorflow");
    fails("upstream: 'http://a:1', upstreams: [ { url: 'http://b:1' } ]", "cannot stand beside");
    fails("upstreams: [ { url: 'http://a:1' }, { url: 'http://a:1' } ]", "are the same");
    fails("upstreams: []", "needs an upstream");
    fails("upstreams: [ { url: 'http://a:1', weight: 0 } ]", "from 1 to 100, not 0");
    fails("upstream: 'http://a:1', health: { path: ping }", "must begin with /");
    fails("upstream: 'http://a:1', balance: random", "least_connections or round_robin");
    fails("upstream: 'http://a:1', paths: [x]", "begins with /");
    fails("upstream: 'http://a:1', input: { id: '/a~b' }", "must be written ~0");
    fails("upstream: 'http://a:1', output: { classes: [a], positive: a }", "two classes, not of 1");
    fails("upstream: 'http://a:1', output: { classes: [a, b], positive: c }", "one of the classes");
    String challenger = "{ version: '%s', share: %s, upstream: 'http://b:1' }";
    fails(
        "upstream: 'http://a:1', challengers: [ " + challenger.formatted("", 0.1) + " ]",
        "can be told apart");
    fails(
        "upstream: 'http://a:1', challengers: [ " + challenger.formatted("2", 1.5) + " ]",
        "at most 1, not 1.5");
    fails(
        "upstream: 'http://a:1', challengers: [ %s, %s ]"
            .formatted(challenger.formatted("2", 0.6), challenger.formatted("3", 0.6)),
        "above 1");
    fails(
        "upstream: 'http://a:1', shadow: { name: churn, upstream: 'http://b:1' }", "another name");
  }

  @Test
  void readsWhereCallsComeFrom() throws IOException {
    assertThat(countries("{ header: CF-IPCountry }"))
        .isEqualTo(new HeaderCountries("CF-IPCountry"));
    assertThatThrownBy(() -> countries("{}")).hasMessageContaining("either header or database");
    assertThatThrownBy(() -> countries("{ header: a, database: b }"))
        .hasMessageContaining("either header or database");
    assertThatThrownBy(() -> countries("{ header: a, address_header: b }"))
        .hasMessageContaining("belongs to a database");
    assertThatThrownBy(() -> countries("{ database: none.mmdb }"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("none.mmdb");
  }

  private @Nullable Countries countries(String text) throws IOException {
    Path file = directory.resolve("c.yml");
    Files.writeString(file, "server: { country: " + text + " }\n");
    return ConfigReader.read(new Flags(file, null, null, null, null, null, false))
        .gateway()
        .countries();
  }
}
