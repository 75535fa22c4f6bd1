package dev.sightline.wire.yaml;

/// A text that must not be shown: it prints as `<secret>` wherever it is printed by accident.
public record Secret(String reveal) {
  @Override
  public String toString() {
    return "<secret>";
  }
}
