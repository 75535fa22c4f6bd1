package dev.sightline.collect.scrape;

/// A target and how its last scrape went.
public record TargetStatus(Target target, LastScrape lastScrape) {

  /// Whether a target gave its metrics.
  public enum Health {
    UP,
    DOWN,
    /// Before the first scrape.
    UNKNOWN
  }

  /// @param atMs Unix milliseconds of its start; 0 before the first
  /// @param error why it failed; empty where it did not
  public record LastScrape(Health health, long atMs, double durationSeconds, String error) {
    static final LastScrape NONE = new LastScrape(Health.UNKNOWN, 0, 0, "");
  }
}
