package dev.sightline.stats.drift;

/// What a score means against its limit.
public enum Verdict {
  STABLE,
  WATCH,
  DRIFTED
}
