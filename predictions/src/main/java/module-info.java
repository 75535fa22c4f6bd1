/// The prediction store and the late join with ground truth.
@org.jspecify.annotations.NullMarked
module sightline.predictions {
  requires transitive sightline.model;
  requires transitive sightline.storage;
  requires static transitive org.jspecify;
  requires aircompressor.v3;
  requires duckdb.jdbc;
  requires java.sql;
  requires org.slf4j;

  exports dev.sightline.predictions;
  exports dev.sightline.predictions.engine;
  exports dev.sightline.predictions.keyed;
  exports dev.sightline.predictions.privacy;
}
