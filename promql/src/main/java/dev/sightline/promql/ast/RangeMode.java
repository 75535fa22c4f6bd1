package dev.sightline.promql.ast;

/// How a selector treats the edges of its window.
public enum RangeMode {
  PLAIN(""),
  /// The sample before the window counts as standing at its start.
  ANCHORED("anchored"),
  /// Values at the edges are interpolated.
  SMOOTHED("smoothed");

  private final String text;

  RangeMode(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
