package dev.sightline.api.http;

/// One parameter of a route, as documented.
///
/// @param type in JSON schema's words
public record Parameter(String name, Place in, Type type, boolean required, String description) {
  /// Where a parameter stands.
  public enum Place {
    PATH,
    /// In the query string, and in the form of a POST.
    QUERY,
    HEADER
  }

  /// What a parameter holds.
  public enum Type {
    STRING,
    NUMBER,
    INTEGER,
    BOOLEAN,
    /// May be given several times.
    LIST
  }

  public static Parameter path(String name, String description) {
    return new Parameter(name, Place.PATH, Type.STRING, true, description);
  }

  public static Parameter required(String name, Type type, String description) {
    return new Parameter(name, Place.QUERY, type, true, description);
  }

  public static Parameter optional(String name, Type type, String description) {
    return new Parameter(name, Place.QUERY, type, false, description);
  }
}
