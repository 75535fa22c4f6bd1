package dev.sightline.gateway;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.util.URIUtil;
import org.jspecify.annotations.Nullable;

/// Decides from method and path where a call goes.
///
/// A first segment that names a model selects it and is stripped; any other path is for the default
/// model, whole. `POST /predict` becomes `/invocations`, the rest goes verbatim.
final class Routes {
  static final String OTHER = "other";

  private static final String SCORING_PATH = "/invocations";
  private static final String PREDICT_PATH = "/predict";
  private static final Set<String> KNOWN_ENDPOINTS =
      Set.of(PREDICT_PATH, SCORING_PATH, "/ping", "/health", "/version", "/metrics", "/");

  private final List<UpstreamModel> models;
  private final Map<String, UpstreamModel> byName = new LinkedHashMap<>();

  Routes(List<UpstreamModel> models) {
    this.models = List.copyOf(models);
    this.models.forEach(model -> byName.put(model.name(), model));
  }

  List<UpstreamModel> models() {
    return models;
  }

  /// @param pathAndQuery of the request, begins with a slash
  /// @return null where there is no model at all
  @Nullable Target target(String method, String pathAndQuery) {
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
      return target(models.getFirst(), method, pathAndQuery);
    }
    String rest = pathAndQuery.substring(segmentEnd);
    return target(named, method, rest.startsWith("/") ? rest : "/" + rest);
  }

  private static Target target(UpstreamModel model, String method, String pathAndQuery) {
    int pathEnd = pathEnd(pathAndQuery);
    String path = pathAndQuery.substring(0, pathEnd);
    boolean post = method.equals("POST");
    String upstreamPath = post && path.equals(PREDICT_PATH) ? SCORING_PATH : path;
    String prefix = model.upstream().getRawPath();
    if (prefix.endsWith("/")) {
      prefix = prefix.substring(0, prefix.length() - 1);
    }
    return new Target(
        model,
        prefix + upstreamPath + pathAndQuery.substring(pathEnd),
        KNOWN_ENDPOINTS.contains(path) ? path : OTHER,
        post && upstreamPath.equals(SCORING_PATH));
  }

  private static int pathEnd(String pathAndQuery) {
    int query = pathAndQuery.indexOf('?');
    return query < 0 ? pathAndQuery.length() : query;
  }
}
