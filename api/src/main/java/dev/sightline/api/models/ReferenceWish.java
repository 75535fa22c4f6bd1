package dev.sightline.api.models;

import dev.sightline.api.models.JsonFields.RowException;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.registry.Artifact;
import dev.sightline.quality.window.Window;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a reference shall be made of, as a call says it in JSON.
sealed interface ReferenceWish {
  /// Stored rows.
  record OfWindow(Window window) implements ReferenceWish {}

  /// A file that training left.
  record OfArtifact(Artifact artifact) implements ReferenceWish {}

  /// @throws RowException if it is none
  static ReferenceWish read(Datum body, long nowMs) {
    JsonFields fields = new JsonFields(body, Set.of("start", "end", "mlflow"));
    Datum file = fields.value("mlflow");
    if (file != null) {
      if (fields.value("start") != null || fields.value("end") != null) {
        throw new RowException("mlflow: a file of training has no start and end");
      }
      return new OfArtifact(artifact(file));
    }
    fields.required("start");
    long startMs = fields.timeMs("start", 0);
    long endMs = fields.timeMs("end", nowMs);
    if (endMs <= startMs) {
      throw new RowException("end: must be after start");
    }
    return new OfWindow(new Window(startMs, endMs, false));
  }

  private static Artifact artifact(Datum said) {
    try {
      JsonFields fields = new JsonFields(said, Set.of("run_id", "uri", "path"));
      String run = fields.text("run_id");
      String uri = fields.text("uri");
      if (run.isEmpty() == uri.isEmpty()) {
        throw new RowException("either run_id or uri must be there");
      }
      String path = fields.text("path");
      return run.isEmpty() ? atUri(uri, path) : new Artifact.OfRun(run, path);
    } catch (IllegalArgumentException unfit) {
      throw new RowException("mlflow: " + unfit.getMessage());
    } catch (RowException unfit) {
      throw new RowException("mlflow: " + unfit.text());
    }
  }

  /// @param path what `uri` does not say of the path
  private static Artifact atUri(String uri, String path) {
    Matcher parts = Uri.PATTERN.matcher(uri);
    if (!parts.matches()) {
      throw new RowException("uri: must be models:/NAME/VERSION or runs:/RUN");
    }
    String version = parts.group("version");
    String rest = parts.group("rest");
    String whole = rest == null ? path : path.isEmpty() ? rest : rest + "/" + path;
    return version == null
        ? new Artifact.OfRun(parts.group("run"), whole)
        : new Artifact.OfVersion(parts.group("model"), version, whole);
  }

  /// How MLflow writes where files of runs and of versions lie.
  final class Uri {
    private static final Pattern PATTERN =
        Pattern.compile(
            "(?:models:/(?<model>[^/]+)/(?<version>\\d{1,18})|runs:/(?<run>[^/]+))(?:/(?<rest>.+))?");

    private Uri() {}
  }
}
