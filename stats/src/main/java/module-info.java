/// The mathematics: measures of model quality, distances between distributions, tests, sketches,
/// estimates. No files, no clock, no labels.
@org.jspecify.annotations.NullMarked
module sightline.stats {
  requires static transitive org.jspecify;
  requires datasketches.java;
  requires hipparchus.core;

  exports dev.sightline.stats.column;
  exports dev.sightline.stats.distance;
  exports dev.sightline.stats.drift;
  exports dev.sightline.stats.estimate;
  exports dev.sightline.stats.learn;
  exports dev.sightline.stats.measure;
  exports dev.sightline.stats.probability;
  exports dev.sightline.stats.sketch;
  exports dev.sightline.stats.stream;
  exports dev.sightline.stats.test;
}
