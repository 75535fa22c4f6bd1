package dev.sightline.server;

/// The version of this program, as its jar says.
public final class Version {
  private Version() {}

  /// @return `dev` where the classes come from no jar
  public static String current() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }
}
