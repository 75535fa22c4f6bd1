package dev.sightline.quality.performance;

import dev.sightline.model.label.Labels;

/// A measure on its way into a series.
///
/// @param labels with `__name__`
record Score(Labels labels, double value) {}
