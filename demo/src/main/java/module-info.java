/// A real small model behind MLflow's protocol, the traffic generator, and a mailbox for its
/// alerts.
@org.jspecify.annotations.NullMarked
module sightline.demo {
  requires transitive sightline.model;
  requires static transitive org.jspecify;
  requires jakarta.mail;
  requires java.net.http;
  requires jdk.httpserver;
  requires org.apache.opennlp.tools;
  requires org.slf4j;
  requires tools.jackson.core;
  requires tools.jackson.databind;

  exports dev.sightline.demo;
  exports dev.sightline.demo.client;
  exports dev.sightline.demo.scoring;
  exports dev.sightline.demo.sentiment;
  exports dev.sightline.demo.sink;
  exports dev.sightline.demo.traffic;
}
