package dev.sightline.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.collect.kafka.KafkaJob;
import dev.sightline.collect.mlflow.MlflowJob;
import dev.sightline.collect.mongo.MongoJob;
import dev.sightline.predictions.privacy.FieldRule;
import dev.sightline.predictions.privacy.FieldRules;
import dev.sightline.wire.yaml.ConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a file says of models beside the gateway.
class ModelsConfigTest {
  @TempDir Path directory;

  private ServerConfig read(String text) {
    Path file = directory.resolve("sightline.yml");
    try {
      Files.writeString(file, text);
      return ConfigReader.read(new Flags(file, null, null, directory, null, null, false));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void fails(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .as(text)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aModelNeedsNoServer() {
    ServerConfig config =
        read("models: [ { name: a, task: regression }, { name: b, upstream: 'http://b:1' } ]");
    assertThat(config.gateway().models()).hasSize(1);
    assertThat(config.models().tasks()).hasSize(1).containsEntry("a", "regression");
    fails("models: [ { name: a, balance: round_robin } ]", "unknown key \"balance\"");
    fails("models: [ { task: regression } ]", "needs a value for \"name\"");
    fails("models: [ { name: a, task: magic } ]", "must be classification");
  }

  @Test
  void aCollectionIsClarasUnlessItIsNamed() {
    MongoJob job =
        read("models: [ { name: clara, output: { classes: [SIGRE, blue], scale: 100 },"
                + " mongodb: { uri: 'mongodb://h:1', timezone: Europe/Madrid } } ]")
            .models()
            .collections()
            .getFirst();
    assertThat(job.model()).isEqualTo("clara");
    assertThat(job.database()).isEqualTo("mlops_labeller_db");
    assertThat(job.collection()).isEqualTo("image_logs");
    assertThat(job.poll()).isEqualTo(Duration.ofMinutes(2));
    assertThat(job.mark()).isFalse();
    assertThat(job.classes()).isEqualTo(List.of("SIGRE", "blue"));
    assertThat(job.scale()).isEqualTo(100);
    assertThat(job.zone()).isEqualTo(ZoneId.of("Europe/Madrid"));
    fails("models: [ { name: a, mongodb: {} } ]", "needs a value for \"uri\" or \"uri_file\"");
    fails("models: [ { name: a, mongodb: { uri: 'http://x' } } ]", "must be a connection string");
    fails(
        "models: [ { name: a, mongodb: { uri: 'mongodb://h', poll: 100ms } } ]",
        "poll must be at least 1s");
    fails(
        "models: [ { name: a, mongodb: { uri: 'mongodb://h', timezone: Mars } } ]",
        "must be a time zone");
  }

  @Test
  void topicsOfKafkaBelongToModels() {
    List<KafkaJob> jobs =
        read("models: [ { name: a, kafka: { bootstrap_servers: 'h:9092', predictions: p,"
                + " ground_truth: t, properties: { security.protocol: SSL } } } ]")
            .models()
            .topics();
    assertThat(jobs).hasSize(2);
    assertThat(jobs.getFirst())
        .isEqualTo(
            new KafkaJob(
                "a",
                KafkaJob.Kind.PREDICTIONS,
                "h:9092",
                "p",
                "sightline",
                new TreeMap<>(Map.of("security.protocol", "SSL"))));
    assertThat(jobs.getLast().kind()).isEqualTo(KafkaJob.Kind.TRUTHS);
    assertThat(jobs.getFirst().toString()).doesNotContain("SSL");
    fails("models: [ { name: a, kafka: { predictions: p } } ]", "bootstrap_servers");
    fails("models: [ { name: a, kafka: { bootstrap_servers: h } } ]", "needs a topic");
    fails(
        "models: [ { name: a, kafka: { bootstrap_servers: h, predictions: p,"
            + " properties: { group.id: x } } } ]",
        "properties must not say group.id");
  }

  @Test
  void aRegistryOfMlflowMayBeAsked() {
    MlflowJob job =
        read("mlflow: { tracking_uri: 'http://h:5000', models: [a] }").models().mlflow();
    assertThat(job.trackingUri().toString()).isEqualTo("http://h:5000");
    assertThat(job.interval()).isEqualTo(Duration.ofMinutes(1));
    assertThat(job.models()).containsExactly("a");
    assertThat(read("{}").models().mlflow()).isNull();
    fails("mlflow: {}", "tracking_uri");
    fails("mlflow: { tracking_uri: 'file:///x' }", "must be one of http or https");
    fails("mlflow: { tracking_uri: 'http://a:b@h' }", "must hold no password");
    fails("mlflow: { tracking_uri: 'http://h', interval: 10ms }", "at least 1s");
  }

  @Test
  void aFieldSaysWhosePredictionsAre() {
    assertThat(read("models: [ { name: a, subject: user }, { name: b } ]").models().subjects())
        .isEqualTo(Map.of("a", "user"));
    fails("models: [ { name: a, subject: '' } ]", "must be the name of a feature or tag");
  }

  @Test
  void fieldsHaveRulesThatHoldForAShadowToo() {
    ServerConfig config =
        read(
            "models: [ { name: a, fields: { email: drop, user: hash, note: { truncate: 9 },"
                + " '*': keep } } ]");
    FieldRules rules = config.models().fields().get("a");
    assertThat(rules.byName())
        .hasSize(3)
        .containsEntry("email", new FieldRule.Drop())
        .containsEntry("user", new FieldRule.Hash())
        .containsEntry("note", new FieldRule.Truncate(9));
    assertThat(config.models().fields()).containsEntry("a-shadow", rules);
    fails("models: [ { name: a, fields: { x: forget } } ]", "must be keep, drop, hash");
    fails("models: [ { name: a, fields: { x: { truncate: 0 } } } ]", "must be at least 1");
    fails("predictions: { hash_key: short }", "at least 16 characters");
  }
}
