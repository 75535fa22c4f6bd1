package dev.sightline.gateway;

import dev.sightline.wire.serving.Protocol;
import dev.sightline.wire.serving.ServingReader;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/// A model behind the gateway: where its server is, and how to read what it answers.
///
/// @param name as in paths, series and the store of predictions
/// @param version empty where it is not known
/// @param reader how its calls are told and read
/// @param upstream `http://host:port`, or with a path that all calls are put below
public record UpstreamModel(
    String name, String version, URI upstream, Task task, ServingReader reader) {
  /// What the outputs are: classes, numbers that have no classes, or texts.
  public enum Task {
    CLASSIFICATION,
    REGRESSION,
    GENERATION
  }

  /// First segments of paths that already have a meaning, or never arrive.
  private static final Set<String> TAKEN =
      Set.of("metrics", "predict", "invocations", "ping", "health", "version", ".", "..");

  public UpstreamModel {
    if (name.isEmpty()
        || name.contains("/")
        || TAKEN.contains(name)
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "\"" + name + "\" cannot name a model behind the gateway: its paths begin with /" + name);
    }
    String scheme = String.valueOf(upstream.getScheme()).toLowerCase(Locale.ROOT);
    if (!(scheme.equals("http") || scheme.equals("https")) || upstream.getHost() == null) {
      throw new IllegalArgumentException(
          "the upstream of model " + name + " must be http://host:port, not " + upstream);
    }
    if (upstream.getRawQuery() != null || upstream.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "the upstream of model " + name + " must have no query, but is " + upstream);
    }
  }

  /// A classifier behind MLflow's protocol whose answers need no explanation.
  public static UpstreamModel mlflow(String name, URI upstream) {
    return new UpstreamModel(
        name, "", upstream, Task.CLASSIFICATION, ServingReader.of(Protocol.MLFLOW));
  }
}
