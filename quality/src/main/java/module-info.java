/// How well models do: measures by window, class, segment and version once the truth is known, what
/// they are given and how that has moved before.
@org.jspecify.annotations.NullMarked
module sightline.quality {
  requires transitive sightline.model;
  requires transitive sightline.stats;
  requires static transitive org.jspecify;
  requires transitive sightline.storage;
  requires org.slf4j;
  requires transitive sightline.wire;
  requires tools.jackson.core;

  exports dev.sightline.quality.offline;
  exports dev.sightline.quality.baseline;
  exports dev.sightline.quality.drift;
  exports dev.sightline.quality.estimate;
  exports dev.sightline.quality.inputs;
  exports dev.sightline.quality.integrity;
  exports dev.sightline.quality.monitor;
  exports dev.sightline.quality.performance;
  exports dev.sightline.quality.rows;
  exports dev.sightline.quality.watch;
  exports dev.sightline.quality.registry;
  exports dev.sightline.quality.profile;
  exports dev.sightline.quality.window;
}
