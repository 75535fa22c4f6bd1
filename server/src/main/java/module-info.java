/// One process: configuration, wiring, start and stop, command line.
@org.jspecify.annotations.NullMarked
module sightline.server {
  requires transitive sightline.model;
  requires static transitive org.jspecify;
  requires ch.qos.logback.classic;
  requires ch.qos.logback.core;
  requires info.picocli;
  requires java.management;
  requires java.net.http;
  requires jdk.management;
  requires jdk.unsupported;
  requires org.slf4j;
  requires transitive sightline.alerting;
  requires transitive sightline.api;
  requires transitive sightline.collect;
  requires sightline.demo;
  requires transitive sightline.gateway;
  requires sightline.logql;
  requires transitive sightline.logstore;
  requires transitive sightline.predictions;
  requires sightline.promql;
  requires sightline.script;
  requires transitive sightline.quality;
  requires sightline.storage;
  requires sightline.template;
  requires transitive sightline.tsdb;
  requires sightline.wire;

  exports dev.sightline.server;
  exports dev.sightline.server.config;

  opens dev.sightline.server.cli to
      info.picocli;
}
