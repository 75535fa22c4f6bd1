/// The log store: compressed column blocks with token filters.
@org.jspecify.annotations.NullMarked
module sightline.logstore {
  requires transitive sightline.model;
  requires transitive sightline.storage;
  requires static transitive org.jspecify;
  requires aircompressor.v3;
  requires org.slf4j;

  exports dev.sightline.logstore;
}
