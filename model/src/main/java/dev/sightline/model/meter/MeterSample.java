package dev.sightline.model.meter;

import dev.sightline.model.label.Labels;

/// One number of a meter.
///
/// @param name with the suffix that a histogram's parts bear: `_bucket`, `_sum`, `_count`
/// @param labels without the name; a bucket's with `le`
public record MeterSample(String name, Labels labels, double value) {}
