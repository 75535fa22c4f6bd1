/// How well models do, now that the truth is known: measures by window, class, segment and version.
@org.jspecify.annotations.NullMarked
module sightline.quality {
  requires transitive sightline.model;
  requires transitive sightline.stats;
  requires static transitive org.jspecify;
  requires org.slf4j;
  requires transitive sightline.wire;
  requires tools.jackson.core;

  exports dev.sightline.quality.offline;
  exports dev.sightline.quality.performance;
  exports dev.sightline.quality.window;
}
