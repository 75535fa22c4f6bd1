/// How well a model does before the truth arrives: estimates from probabilities that were
/// calibrated on cases whose truth is known. Start with
/// [dev.sightline.quality.estimate.EstimateQueries].
package dev.sightline.quality.estimate;
