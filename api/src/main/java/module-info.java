/// The HTTP face: routes, parameters, JSON.
@org.jspecify.annotations.NullMarked
module sightline.api {
  requires transitive sightline.model;
  requires static transitive org.jspecify;
  requires sightline.listener;
  requires transitive sightline.wire;
  requires transitive sightline.alerting;
  requires transitive sightline.collect;
  requires transitive sightline.quality;
  requires org.eclipse.jetty.server;
  requires org.eclipse.jetty.http2.server;
  requires org.eclipse.jetty.http2.common;
  requires org.eclipse.jetty.alpn.server;
  requires org.eclipse.jetty.websocket.core.common;
  requires org.eclipse.jetty.websocket.core.server;
  requires password4j;
  requires org.slf4j;

  exports dev.sightline.api.admin;
  exports dev.sightline.api.alerting;
  exports dev.sightline.api.auth;
  exports dev.sightline.api.cloudevents;
  exports dev.sightline.api.http;
  exports dev.sightline.api.json;
  exports dev.sightline.api.loki;
  exports dev.sightline.api.models;
  exports dev.sightline.api.otlp;
  exports dev.sightline.api.prometheus;
  exports dev.sightline.api.sql;
  exports dev.sightline.api.whylabs;
}
