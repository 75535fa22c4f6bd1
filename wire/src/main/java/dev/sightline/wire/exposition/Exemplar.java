package dev.sightline.wire.exposition;

import dev.sightline.model.label.Labels;
import org.jspecify.annotations.Nullable;

/// An example of what a counter or a bucket has counted, often the trace of one request.
///
/// @param timestampSeconds Unix seconds with fractions, or null where the text gives none
public record Exemplar(Labels labels, double value, @Nullable Double timestampSeconds) {}
