package dev.sightline.predictions.shelf;

/// How far the store has counted.
///
/// @param nextSequence of the next row
/// @param newestMs the newest time of all predictions and truths, the least number if there is none
public record Counters(long nextSequence, long newestMs) {}
