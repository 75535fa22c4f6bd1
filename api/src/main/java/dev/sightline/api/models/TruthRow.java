package dev.sightline.api.models;

import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.KeyedTruth;

/// A ground truth as a client may send it.
sealed interface TruthRow {
  record ById(GroundTruth truth) implements TruthRow {}

  record ByKey(KeyedTruth truth) implements TruthRow {}
}
