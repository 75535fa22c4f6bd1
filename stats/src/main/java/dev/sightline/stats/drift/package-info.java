/// Verdicts: which method judges a feature, its score, its limit, and whether the whole has
/// drifted. Start with [dev.sightline.stats.drift.DriftCheck].
package dev.sightline.stats.drift;
