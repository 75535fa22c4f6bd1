package dev.sightline.stats.drift;

/// One of the columns by which two windows are told apart: a word of a text, a place of a vector.
///
/// @param weight above 0 where more of it speaks for the current window
/// @param reference of a word the share of texts that have it, of a place its mean
/// @param current the same now
public record Telling(String name, double weight, double reference, double current) {}
