/// One process: configuration, wiring, start and stop, command line.
@org.jspecify.annotations.NullMarked
module sightline.server {
  requires transitive sightline.model;
  requires static transitive org.jspecify;
  requires sightline.storage;
  requires sightline.wire;
  requires sightline.tsdb;
  requires sightline.predictions;
  requires sightline.promql;
  requires sightline.collect;
  requires sightline.gateway;
  requires sightline.api;
  requires sightline.demo;
  requires info.picocli;
  requires org.slf4j;

  exports dev.sightline.server;

  opens dev.sightline.server.cli to
      info.picocli;
}
