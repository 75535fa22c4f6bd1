package dev.sightline.wire.serving;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A path whose `POST` asks for predictions.
///
/// | Protocol     | Paths                                                                        |
/// |--------------|------------------------------------------------------------------------------|
/// | `mlflow`     | `/invocations`                                                               |
/// | `v2`         | `/v2/models/{model}[/versions/{version}]/infer`, `/invocations`              |
/// | `tensorflow` | `/v1/models/{model}[/versions/{v}, /labels/{l}]:predict, :classify, :regress` |
/// | `torchserve` | `/predictions/{model}[/{version}]`                                           |
/// | `json`       | `/predict`, or those that are configured                                     |
/// | `openai`     | whatever ends in `/chat/completions`, `/completions` or `/embeddings`        |
///
/// @param endpoint the path with braces where names stand: one of a few, whatever clients call
/// @param model the model that the path names, decoded; null where it names none
public record ScoringPath(Operation operation, String endpoint, @Nullable String model) {
  private static final String PREDICT = "/predict";
  private static final String INVOCATIONS = "/invocations";

  // No two quantifiers of a pattern can match the same characters: linear for any path.
  private static final Pattern INFER =
      Pattern.compile("/v2/models/([^/]+)(/versions/[^/]+)?/infer");
  private static final Pattern TENSORFLOW =
      Pattern.compile(
          "/v1/models/([^/:]+)(/versions/[^/:]+|/labels/[^/:]+)?:(predict|classify|regress)");
  private static final Pattern TORCHSERVE = Pattern.compile("/predictions/([^/]+)(/[^/]+)?");

  /// @param path begins with a slash, without a query
  /// @param configured paths that ask for predictions beside the protocol's own
  /// @return null if the path asks for no predictions
  public static @Nullable ScoringPath of(Protocol protocol, String path, List<String> configured) {
    if (configured.contains(path)) {
      Operation operation =
          protocol == Protocol.MLFLOW ? Operation.INVOCATIONS : Operation.ANY_JSON;
      return new ScoringPath(operation, path, null);
    }
    return switch (protocol) {
      case MLFLOW -> invocations(path);
      case OPEN_INFERENCE -> infer(path);
      case TENSORFLOW -> tensorflow(path);
      case TORCHSERVE -> torchserve(path);
      case JSON -> configured.isEmpty() ? plain(path) : null;
      case OPENAI -> openai(path);
    };
  }

  /// Where clients of a protocol usually ask for predictions, as in [#endpoint].
  public static List<String> endpoints(Protocol protocol) {
    return switch (protocol) {
      case MLFLOW -> List.of(PREDICT, INVOCATIONS);
      case OPEN_INFERENCE -> List.of("/v2/models/{model}/infer");
      case TENSORFLOW -> List.of("/v1/models/{model}:predict");
      case TORCHSERVE -> List.of("/predictions/{model}");
      case JSON -> List.of(PREDICT);
      case OPENAI -> List.of("/chat/completions");
    };
  }

  private static @Nullable ScoringPath invocations(String path) {
    return path.equals(INVOCATIONS)
        ? new ScoringPath(Operation.INVOCATIONS, INVOCATIONS, null)
        : null;
  }

  private static @Nullable ScoringPath plain(String path) {
    return path.equals(PREDICT) ? new ScoringPath(Operation.ANY_JSON, PREDICT, null) : null;
  }

  private static @Nullable ScoringPath infer(String path) {
    Matcher infer = INFER.matcher(path);
    return infer.matches()
        ? new ScoringPath(Operation.INFER, "/v2/models/{model}/infer", decoded(infer.group(1)))
        : invocations(path);
  }

  private static @Nullable ScoringPath tensorflow(String path) {
    Matcher call = TENSORFLOW.matcher(path);
    if (!call.matches()) {
      return null;
    }
    Operation operation =
        switch (call.group(3)) {
          case "classify" -> Operation.CLASSIFY;
          case "regress" -> Operation.REGRESS;
          default -> Operation.PREDICT;
        };
    String endpoint = "/v1/models/{model}:" + call.group(3);
    return new ScoringPath(operation, endpoint, decoded(call.group(1)));
  }

  private static @Nullable ScoringPath torchserve(String path) {
    Matcher call = TORCHSERVE.matcher(path);
    return call.matches()
        ? new ScoringPath(Operation.ANY_JSON, "/predictions/{model}", decoded(call.group(1)))
        : null;
  }

  private static @Nullable ScoringPath openai(String path) {
    if (path.endsWith("/chat/completions")) {
      return new ScoringPath(Operation.CHAT, "/chat/completions", null);
    }
    if (path.endsWith("/completions")) {
      return new ScoringPath(Operation.COMPLETION, "/completions", null);
    }
    return path.endsWith("/embeddings")
        ? new ScoringPath(Operation.EMBEDDING, "/embeddings", null)
        : null;
  }

  /// A name that is not well encoded stays as it is, and names no model.
  private static String decoded(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return segment;
    }
  }
}
