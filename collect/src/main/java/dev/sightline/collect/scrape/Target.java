package dev.sightline.collect.scrape;

import dev.sightline.model.label.Labels;

/// Something that is scraped.
///
/// @param job the name of the job that it belongs to
/// @param discovered its labels before relabelling
/// @param labels what every series of it carries: at least `job` and `instance`
/// @param url complete, with the parameters of the query
public record Target(
    String job, Labels discovered, Labels labels, String url, ScrapeJob.Timing timing) {

  /// A number that spreads targets over the interval; the same at every start.
  long spread() {
    long hash = 1_125_899_906_842_597L;
    String key = labels + url;
    for (int i = 0; i < key.length(); i++) {
      hash = 31 * hash + key.charAt(i);
    }
    hash ^= hash >>> 33;
    hash *= 0xff51afd7ed558ccdL;
    return hash ^ (hash >>> 33);
  }
}
