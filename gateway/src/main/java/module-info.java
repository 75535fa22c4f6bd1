/// The inference reverse proxy: streams a call to the model and takes a copy on the side.
@org.jspecify.annotations.NullMarked
module sightline.gateway {
  requires transitive sightline.model;
  requires transitive sightline.wire;
  requires static transitive org.jspecify;
  requires com.maxmind.db;
  requires sightline.listener;
  requires org.eclipse.jetty.client;
  requires org.eclipse.jetty.http;
  requires org.eclipse.jetty.io;
  requires org.eclipse.jetty.server;
  requires org.eclipse.jetty.util;
  requires org.slf4j;

  exports dev.sightline.gateway;
  exports dev.sightline.gateway.config;
}
