package dev.sightline.alerting.state;

/// The moment of one evaluation.
///
/// @param nowMs Unix milliseconds
/// @param elapsedMs since the evaluation before, good or bad
/// @param watchedMs since the last good one; 0 if that is so long ago that nobody knows what was
///   between
/// @param settling whether evaluations before were missed, so that what is absent now may be absent
///   only because nothing was measured meanwhile
record Tick(long nowMs, long elapsedMs, long watchedMs, boolean settling) {}
