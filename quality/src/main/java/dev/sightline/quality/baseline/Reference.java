package dev.sightline.quality.baseline;

/// A baseline that is kept under a name, so that it stays when its rows are gone.
///
/// @param madeMs when it was made, Unix milliseconds
public record Reference(String model, String name, long madeMs, Baseline baseline) {
  /// The one that a model is compared with where nobody says another.
  public static final String DEFAULT = "default";

  /// The first rows of a model, which are kept as soon as there are enough.
  public static final String FIRST = "first";

  private static final int LONGEST_NAME = 64;

  public Reference {
    checkName(name);
  }

  /// @throws IllegalArgumentException in the user's words
  public static void checkName(String name) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0," + (LONGEST_NAME - 1) + "}")) {
      throw new IllegalArgumentException(
          "the name of a reference must be 1 to "
              + LONGEST_NAME
              + " letters, digits, _, . or -, the first of them a letter or digit");
    }
  }
}
