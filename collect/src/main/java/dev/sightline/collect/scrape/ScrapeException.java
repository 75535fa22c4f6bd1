package dev.sightline.collect.scrape;

/// A target that gave no metrics, and why, in the user's words.
public final class ScrapeException extends RuntimeException {
  public ScrapeException(String message) {
    super(message);
  }
}
