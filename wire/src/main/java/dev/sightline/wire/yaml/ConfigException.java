package dev.sightline.wire.yaml;

/// A configuration that cannot be used, with the place of the fault.
public final class ConfigException extends RuntimeException {
  private final Place place;

  public ConfigException(Place place, String message) {
    super(place + ": " + message);
    this.place = place;
  }

  public Place place() {
    return place;
  }

  /// @param file as the user named it
  /// @param line from 1
  /// @param column from 1
  public record Place(String file, int line, int column) {
    @Override
    public String toString() {
      return file + ":" + line + ":" + column;
    }
  }
}
