package dev.sightline.api.http;

/// One limit in force, for people to read.
///
/// @param unit such as `bytes` or `milliseconds`; empty for a plain count
public record Limit(String name, long value, String unit) {}
