/// The words of the domain and the ports to read and write them. Nothing here knows how they are
/// kept.
@org.jspecify.annotations.NullMarked
module sightline.model {
  requires static transitive org.jspecify;
  requires transitive re2j;
  requires org.slf4j;

  exports dev.sightline.model.histogram;
  exports dev.sightline.model.label;
  exports dev.sightline.model.log;
  exports dev.sightline.model.meter;
  exports dev.sightline.model.prediction;
  exports dev.sightline.model.query;
  exports dev.sightline.model.registry;
  exports dev.sightline.model.series;
  exports dev.sightline.model.store;
  exports dev.sightline.model.time;
}
