/// What goes out and fetches: scrape loops, discovery, relabelling, host metrics.
@org.jspecify.annotations.NullMarked
module sightline.collect {
  requires transitive sightline.model;
  requires static transitive org.jspecify;
  requires transitive sightline.wire;
  requires transitive sightline.storage;
  requires static jsr305;
  requires java.net.http;
  requires kafka.clients;
  requires org.mongodb.bson;
  requires org.mongodb.driver.core;
  requires org.mongodb.driver.sync.client;
  requires org.slf4j;

  exports dev.sightline.collect.config;
  exports dev.sightline.collect.discover;
  exports dev.sightline.collect.host;
  exports dev.sightline.collect.kafka;
  exports dev.sightline.collect.meter;
  exports dev.sightline.collect.mlflow;
  exports dev.sightline.collect.mongo;
  exports dev.sightline.collect.relabel;
  exports dev.sightline.collect.scrape;
}
