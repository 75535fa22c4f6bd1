/// How far the rows of now have moved from those of a reference, feature by feature. Start with
/// [dev.sightline.quality.drift.DriftQueries].
package dev.sightline.quality.drift;
