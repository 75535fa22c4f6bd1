package dev.sightline.quality.monitor;

import dev.sightline.model.label.Labels;

/// A value on its way into a series.
///
/// @param labels with `__name__`
public record Finding(Labels labels, double value) {}
