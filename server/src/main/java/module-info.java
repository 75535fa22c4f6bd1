/// One process: configuration, wiring, start and stop, command line.
@org.jspecify.annotations.NullMarked
module sightline.server {
  requires transitive sightline.model;
  requires static transitive org.jspecify;
  requires org.slf4j;
}
