package dev.sightline.model.registry;

import java.util.regex.Pattern;

/// A file that a training run left, or that belongs to a version of a model.
public sealed interface Artifact {
  int MOST_CHARACTERS = 500;

  /// Below the artifacts of its owner, parted by `/`.
  String path();

  record OfRun(String run, String path) implements Artifact {
    private static final Pattern RUN = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    /// @throws IllegalArgumentException in the user's words
    public OfRun {
      if (!RUN.matcher(run).matches()) {
        throw new IllegalArgumentException("run_id must be letters, digits, - and _");
      }
      checkPath(path);
    }
  }

  record OfVersion(String model, String version, String path) implements Artifact {
    /// @throws IllegalArgumentException in the user's words
    public OfVersion {
      check("model", model);
      check("version", version);
      checkPath(path);
    }
  }

  private static void checkPath(String path) {
    check("path", path);
    if (path.indexOf('\\') >= 0 || path.indexOf(':') >= 0) {
      throw new IllegalArgumentException("path must not have \\ or :");
    }
    for (String step : path.split("/", -1)) {
      if (step.isEmpty() || step.equals(".") || step.equals("..")) {
        throw new IllegalArgumentException(
            "path must lie below the artifacts, like data/train.parquet, without . and ..");
      }
    }
  }

  private static void check(String name, String text) {
    boolean plain = text.chars().noneMatch(Character::isISOControl);
    if (text.isEmpty() || text.length() > MOST_CHARACTERS || !plain) {
      throw new IllegalArgumentException(
          name + " must be 1 to " + MOST_CHARACTERS + " characters, no control characters");
    }
  }
}
