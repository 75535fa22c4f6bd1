package dev.sightline.collect.scrape;

import dev.sightline.model.label.Labels;

/// Something that discovery found and that is not scraped.
///
/// @param discovered its labels before relabelling
public record DroppedTarget(String job, Labels discovered) {}
