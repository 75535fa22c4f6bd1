/// Distances between the distributions of two windows: of counts by category or bin, of values, of
/// vectors. Numbers without a threshold; verdicts are the business of `dev.sightline.stats.drift`.
package dev.sightline.stats.distance;
