package dev.sightline.gateway.config;

import dev.sightline.wire.serving.Protocol;
import dev.sightline.wire.serving.ServingReader;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// A version of a model behind the gateway: where its servers are, how to read what they answer,
/// and which other versions stand beside it.
///
/// @param name as in paths, series and the store of predictions
/// @param version empty where it is not known
/// @param reader how its calls are told and read
/// @param rivals none where this is a rival itself
public record UpstreamModel(
    String name, String version, Servers servers, Task task, ServingReader reader, Rivals rivals) {
  /// What the outputs are: classes, numbers that have no classes, items in order, or texts.
  public enum Task {
    CLASSIFICATION,
    REGRESSION,
    RANKING,
    GENERATION
  }

  /// First segments of paths that already have a meaning, or never arrive.
  private static final Set<String> TAKEN =
      Set.of(
          "metrics", "predict", "invocations", "ping", "health", "version", "v1", "v2", ".", "..");

  public UpstreamModel {
    if (name.isEmpty()
        || name.contains("/")
        || TAKEN.contains(name)
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "\"" + name + "\" cannot name a model behind the gateway: its paths begin with /" + name);
    }
    for (Rivals.Challenger challenger : rivals.challengers()) {
      UpstreamModel model = challenger.model();
      if (!model.name.equals(name) || model.reader.protocol() != reader.protocol()) {
        throw new IllegalArgumentException(
            "a challenger of model " + name + " must have its name and protocol");
      }
    }
    long distinct =
        Stream.concat(Stream.of(version), versionsOfChallengers(rivals)).distinct().count();
    if (distinct <= rivals.challengers().size()) {
      throw new IllegalArgumentException(
          "the challengers of model "
              + name
              + " must have versions by which all can be told apart");
    }
    UpstreamModel shadow = rivals.shadow();
    if (shadow != null
        && (shadow.name.equals(name) || shadow.reader.protocol() != reader.protocol())) {
      throw new IllegalArgumentException(
          "the shadow of model " + name + " must have another name and the same protocol");
    }
  }

  private static Stream<String> versionsOfChallengers(Rivals rivals) {
    return rivals.challengers().stream().map(challenger -> challenger.model().version);
  }

  /// A version alone, with one server.
  public UpstreamModel(String name, String version, URI upstream, Task task, ServingReader reader) {
    this(
        name,
        version,
        Servers.one(upstream, HealthCheck.of(reader.protocol())),
        task,
        reader,
        Rivals.NONE);
  }

  /// This version, and those beside it.
  public List<UpstreamModel> versions() {
    List<UpstreamModel> versions = new ArrayList<>();
    versions.add(this);
    rivals.challengers().forEach(challenger -> versions.add(challenger.model()));
    UpstreamModel shadow = rivals.shadow();
    if (shadow != null) {
      versions.add(shadow);
    }
    return versions;
  }

  /// A classifier behind MLflow's protocol whose answers need no explanation.
  public static UpstreamModel mlflow(String name, URI upstream) {
    return new UpstreamModel(
        name, "", upstream, Task.CLASSIFICATION, ServingReader.of(Protocol.MLFLOW));
  }
}
