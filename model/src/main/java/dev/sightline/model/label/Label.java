package dev.sightline.model.label;

import java.util.Objects;

/// One name and its value, as in `model="sentiment"`.
public record Label(String name, String value) {
  /// The label that holds the metric's name.
  public static final String METRIC_NAME = "__name__";

  public Label {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
  }
}
