package dev.sightline.predictions;

/// What names a prediction.
record RowKey(String model, String id) {}
