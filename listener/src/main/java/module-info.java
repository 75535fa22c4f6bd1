/// Ports that are listened on: takes connections, and lets them go without cutting off a call.
@org.jspecify.annotations.NullMarked
module sightline.listener {
  requires transitive sightline.model;
  requires transitive org.eclipse.jetty.server;
  requires transitive org.eclipse.jetty.io;
  requires static transitive org.jspecify;
  requires org.eclipse.jetty.util;
  requires org.slf4j;

  exports dev.sightline.listener;
}
