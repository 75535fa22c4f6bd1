package dev.sightline.gateway.route;

import dev.sightline.gateway.config.UpstreamModel;
import dev.sightline.wire.serving.Protocol;
import dev.sightline.wire.serving.ScoringPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.util.URIUtil;
import org.jspecify.annotations.Nullable;

/// Decides from method and path where a call goes.
///
/// A first segment that names a model selects it and is stripped. Any other path is passed on
/// whole: to the model that it names in the way of that model's protocol
/// (`/v2/models/{model}/infer`), or else to the default model. For MLflow's protocol, `POST
/// /predict` becomes `/invocations`.
public final class Routes {
  public static final String OTHER = "other";

  private static final String SCORING_PATH = "/invocations";
  private static final String PREDICT_PATH = "/predict";
  private static final Set<String> KNOWN_ENDPOINTS =
      Set.of(
          PREDICT_PATH,
          SCORING_PATH,
          "/ping",
          "/health",
          "/version",
          "/metrics",
          "/",
          "/v2",
          "/v2/health/live",
          "/v2/health/ready");

  private final List<UpstreamModel> models;
  private final Map<String, UpstreamModel> byName = new LinkedHashMap<>();

  /// Those of the models that may name a model in their paths.
  private final List<Protocol> namingProtocols;

  public Routes(List<UpstreamModel> models) {
    this.models = List.copyOf(models);
    this.models.forEach(model -> byName.put(model.name(), model));
    this.namingProtocols =
        this.models.stream()
            .map(model -> model.reader().protocol())
            .filter(protocol -> protocol != Protocol.MLFLOW && protocol != Protocol.JSON)
            .distinct()
            .toList();
  }

  List<UpstreamModel> models() {
    return models;
  }

  /// @param pathAndQuery of the request, begins with a slash
  /// @return null where there is no model at all
  public @Nullable Target target(String method, String pathAndQuery) {
    if (models.isEmpty()) {
      return null;
    }
    int pathEnd = pathEnd(pathAndQuery);
    int segmentEnd = pathAndQuery.indexOf('/', 1);
    if (segmentEnd < 0 || segmentEnd > pathEnd) {
      segmentEnd = pathEnd;
    }
    UpstreamModel named = byName.get(URIUtil.decodePath(pathAndQuery.substring(1, segmentEnd)));
    if (named == null) {
      return target(unprefixed(pathAndQuery.substring(0, pathEnd)), method, pathAndQuery);
    }
    String rest = pathAndQuery.substring(segmentEnd);
    return target(named, method, rest.startsWith("/") ? rest : "/" + rest);
  }

  /// A server of several models has them side by side in the paths of its protocol.
  private UpstreamModel unprefixed(String path) {
    for (Protocol protocol : namingProtocols) {
      ScoringPath scoring = ScoringPath.of(protocol, path, List.of());
      UpstreamModel named =
          scoring == null || scoring.model() == null ? null : byName.get(scoring.model());
      if (named != null && named.reader().protocol() == protocol) {
        return named;
      }
    }
    return models.getFirst();
  }

  private static Target target(UpstreamModel model, String method, String pathAndQuery) {
    int pathEnd = pathEnd(pathAndQuery);
    String path = pathAndQuery.substring(0, pathEnd);
    boolean post = method.equals("POST");
    boolean predict =
        post && path.equals(PREDICT_PATH) && model.reader().protocol() == Protocol.MLFLOW;
    String upstreamPath = predict ? SCORING_PATH : path;
    ScoringPath scoring = post ? model.reader().scoringPath(upstreamPath) : null;
    return new Target(
        model,
        upstreamPath + pathAndQuery.substring(pathEnd),
        endpoint(predict ? null : scoring, path),
        scoring == null ? null : scoring.operation());
  }

  private static String endpoint(@Nullable ScoringPath scoring, String path) {
    if (scoring != null) {
      return scoring.endpoint();
    }
    return KNOWN_ENDPOINTS.contains(path) ? path : OTHER;
  }

  private static int pathEnd(String pathAndQuery) {
    int query = pathAndQuery.indexOf('?');
    return query < 0 ? pathAndQuery.length() : query;
  }
}
