/// The time-series store, in Prometheus's own on-disk format.
@org.jspecify.annotations.NullMarked
module sightline.tsdb {
  requires transitive sightline.model;
  requires transitive sightline.storage;
  requires static transitive org.jspecify;
  requires org.slf4j;
  requires tools.jackson.databind;

  exports dev.sightline.tsdb;
}
