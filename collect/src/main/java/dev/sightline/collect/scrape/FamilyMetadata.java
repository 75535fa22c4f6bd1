package dev.sightline.collect.scrape;

/// What a target says about the metrics of one name.
///
/// @param type `counter`, `gauge` …; `unknown` where it says none
public record FamilyMetadata(String type, String help, String unit) {
  static final FamilyMetadata NONE = new FamilyMetadata("unknown", "", "");
}
