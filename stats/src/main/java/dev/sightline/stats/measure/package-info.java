/// Measures of model quality: classes, scores, numbers, rankings. Start with
/// [dev.sightline.stats.measure.ConfusionCounts] and
/// [dev.sightline.stats.measure.ClassificationReport]; every answer is a
/// [dev.sightline.stats.measure.Measured].
package dev.sightline.stats.measure;
