/// How well models do, now that the truth is known: measures by window, class, segment and version.
@org.jspecify.annotations.NullMarked
module sightline.quality {
  requires transitive sightline.model;
  requires transitive sightline.stats;
  requires static transitive org.jspecify;
  requires org.slf4j;

  exports dev.sightline.quality.performance;
  exports dev.sightline.quality.window;
}
