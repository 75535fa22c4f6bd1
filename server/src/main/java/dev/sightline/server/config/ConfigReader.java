package dev.sightline.server.config;

import dev.sightline.alerting.config.AlertmanagerConfig;
import dev.sightline.alerting.config.AlertmanagerReader;
import dev.sightline.api.auth.AuthConfig;
import dev.sightline.api.cloudevents.ServedModel;
import dev.sightline.api.http.HttpConfig;
import dev.sightline.api.http.HttpLimits;
import dev.sightline.collect.config.PrometheusConfig;
import dev.sightline.collect.mlflow.MlflowJob;
import dev.sightline.gateway.config.Countries;
import dev.sightline.gateway.config.Entrance;
import dev.sightline.gateway.config.GatewayConfig;
import dev.sightline.gateway.config.UpstreamModel;
import dev.sightline.logstore.LogStoreOptions;
import dev.sightline.predictions.PredictionStoreOptions;
import dev.sightline.predictions.privacy.KeyedHash;
import dev.sightline.quality.profile.ProfileOptions;
import dev.sightline.tsdb.TsdbOptions;
import dev.sightline.wire.yaml.Secret;
import dev.sightline.wire.yaml.YamlFile;
import dev.sightline.wire.yaml.YamlMap;
import dev.sightline.wire.yaml.YamlNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads the configuration file and lets the command line override it.
///
/// A key that is not known is an error, with its place and the key that was probably meant.
public final class ConfigReader {
  private static final String DEFAULT_LISTEN = "127.0.0.1:7444";
  private static final String DEFAULT_GATEWAY = "127.0.0.1:8000";

  /// Instead of an address: the listening socket that is standard input.
  private static final String INHERITED = "inherited";

  private final Flags flags;

  private ConfigReader(Flags flags) {
    this.flags = flags;
  }

  /// @throws dev.sightline.wire.yaml.ConfigException for a fault in a file, with its place
  /// @throws IllegalArgumentException for a fault in a flag, in the user's words
  public static ServerConfig read(Flags flags) {
    Path file = flags.config();
    YamlNode root =
        file == null
            ? new YamlFile("(no configuration file)", Path.of(""), System::getenv).parse("")
            : YamlFile.read(file);
    return new ConfigReader(flags).read(root);
  }

  private ServerConfig read(YamlNode root) {
    try (YamlMap file = root.asMap();
        YamlMap server = file.map("server");
        YamlMap metrics = file.map("metrics");
        YamlMap predictions = file.map("predictions");
        YamlMap logs = file.map("logs");
        YamlMap quality = file.map("quality");
        YamlMap alerting = file.map("alerting")) {
      HttpConfig http = http(server);
      GatewayConfig gateway = gateway(server, file.list("models"));
      PrometheusConfig scraping = scraping(metrics);
      RulesConfig rules = RulesReader.read(alerting, logs, scraping.ruleFiles());
      AlertmanagerConfig told = alerting(alerting);
      return new ServerConfig(
          http,
          data(server.find("data")),
          metrics(metrics),
          scraping,
          predictions(predictions),
          logs(logs),
          gateway,
          rules,
          rules.shipped() ? told.withQuietWatchdog() : told,
          quality(quality, file.list("models")),
          models(predictions, file.list("models"), MlflowReader.read(file.find("mlflow"))));
    }
  }

  private static ModelsConfig models(
      YamlMap predictions, List<YamlNode> nodes, @Nullable MlflowJob mlflow) {
    Map<String, String> tasks = new HashMap<>();
    Map<String, ServedModel> served = new HashMap<>();
    Map<String, String> subjects = new HashMap<>();
    for (YamlNode node : nodes) {
      served.put(node.asMap().need("name").asText(), ModelReader.served(node));
      YamlNode subject = node.asMap().find("subject");
      if (subject != null) {
        if (subject.asText().isEmpty()) {
          throw subject.error("must be the name of a feature or tag");
        }
        subjects.put(node.asMap().need("name").asText(), subject.asText());
      }
      if (!ModelReader.isBehindGateway(node)) {
        ModelReader.check(node);
        YamlMap map = node.asMap();
        String name = map.need("name").asText();
        if (map.has("task") && tasks.put(name, map.text("task", "")) != null) {
          throw node.error("two models are called " + name);
        }
      }
    }
    return new ModelsConfig(
        tasks,
        served,
        MongoReader.jobs(nodes),
        KafkaReader.jobs(nodes),
        FieldsReader.rules(nodes),
        subjects,
        mlflow,
        hashKey(predictions),
        profiles(predictions, nodes));
  }

  private static ProfilesConfig profiles(YamlMap predictions, List<YamlNode> models) {
    Duration usual = ProfileOptions.DEFAULT.retention();
    Duration retention = predictions.duration("profile_retention", usual);
    return new ProfilesConfig(retention, QualityReader.segments(models));
  }

  private static @Nullable KeyedHash hashKey(YamlMap predictions) {
    Secret key = predictions.secret("hash_key");
    return key == null ? null : Checked.at(predictions.node(), () -> new KeyedHash(key.reveal()));
  }

  private static QualityConfig quality(YamlMap quality, List<YamlNode> models) {
    return new QualityConfig(
        QualityReader.scores(quality),
        QualityReader.training(models),
        QualityReader.segments(models),
        DriftReader.read(quality.map("drift")),
        DriftReader.constraints(quality.map("constraints")),
        QualityReader.estimates(quality),
        QualityReader.monitors(quality.list("monitors")));
  }

  private HttpConfig http(YamlMap server) {
    Address address = address(server, "listen", flags.listen(), DEFAULT_LISTEN);
    AuthConfig auth = AuthReader.read(server);
    HttpConfig.Tls tls = tls(server.find("tls"));
    Supplier<HttpConfig> config =
        () ->
            new HttpConfig(
                address.host(), address.port(), tls, auth, flags.open(), HttpLimits.DEFAULT);
    return flags.listen() == null ? Checked.at(server.node(), config) : config.get();
  }

  private GatewayConfig gateway(YamlMap server, List<YamlNode> nodes) {
    Entrance entrance = entrance(server);
    List<UpstreamModel> models =
        nodes.stream().filter(ModelReader::isBehindGateway).map(ModelReader::read).toList();
    Countries countries = CountriesReader.read(server.find("country"));
    Supplier<GatewayConfig> config =
        () -> new GatewayConfig(entrance, models, countries, HeapShare.ofThisProcess().gateway());
    return nodes.isEmpty() ? config.get() : Checked.at(nodes.getFirst(), config);
  }

  private Entrance entrance(YamlMap server) {
    YamlNode node = server.find("gateway");
    String said = flags.gateway() == null && node != null ? node.asText() : flags.gateway();
    if (INHERITED.equals(said)) {
      return new Entrance.Inherited();
    }
    Address address = address(server, "gateway", flags.gateway(), DEFAULT_GATEWAY);
    return new Entrance.Port(address.host(), address.port());
  }

  private static Address address(
      YamlMap server, String key, @Nullable String flag, String otherwise) {
    YamlNode node = server.find(key);
    if (flag != null) {
      try {
        return Address.parse(flag);
      } catch (IllegalArgumentException bad) {
        throw new IllegalArgumentException("--" + key + " " + bad.getMessage(), bad);
      }
    }
    return node == null
        ? Address.parse(otherwise)
        : Checked.at(node, () -> Address.parse(node.asText()));
  }

  private Path data(@Nullable YamlNode node) {
    Path flag = flags.data();
    if (flag != null) {
      return flag.toAbsolutePath().normalize();
    }
    return node == null ? Path.of("data").toAbsolutePath() : node.asPath();
  }

  private static HttpConfig.@Nullable Tls tls(@Nullable YamlNode node) {
    if (node == null) {
      return null;
    }
    try (YamlMap tls = node.asMap()) {
      return new HttpConfig.Tls(tls.need("cert_file").asPath(), tls.need("key_file").asPath());
    }
  }

  private static TsdbOptions metrics(YamlMap metrics) {
    return TsdbOptions.DEFAULT.withRetention(RetentionReader.read(metrics));
  }

  private PrometheusConfig scraping(YamlMap metrics) {
    PrometheusConfig own = PrometheusConfig.read(metrics, System::getenv);
    Path original = flags.prometheusConfig();
    return original == null ? own : PrometheusConfig.read(original);
  }

  private static LogStoreOptions logs(YamlMap logs) {
    LogStoreOptions defaults = HeapShare.ofThisProcess().logs();
    return defaults.withRetention(LogRetentionReader.read(logs, defaults.retention()));
  }

  private AlertmanagerConfig alerting(YamlMap alerting) {
    AlertmanagerConfig own = AlertmanagerReader.read(alerting);
    Path original = flags.alertmanagerConfig();
    return original == null ? own : AlertmanagerConfig.read(original);
  }

  private static PredictionStoreOptions predictions(YamlMap predictions) {
    PredictionStoreOptions defaults = HeapShare.ofThisProcess().predictions();
    YamlNode retention = predictions.find("retention");
    return retention == null
        ? defaults
        : Checked.at(retention, () -> defaults.withRetention(retention.asDuration()));
  }
}
