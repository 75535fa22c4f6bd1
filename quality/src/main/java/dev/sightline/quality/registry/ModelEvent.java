package dev.sightline.quality.registry;

/// Something that happened to a model, and is marked on its charts.
///
/// @param number its own among those of the model
/// @param version that it happened to; empty where it is about the whole model
/// @param kind `deployed`, `retrained`, `rolled_back`, `stage`, or another word
/// @param timeMs Unix milliseconds
/// @param by who said it; empty where it was seen
public record ModelEvent(
    long number, String version, String kind, String text, long timeMs, String by) {}
