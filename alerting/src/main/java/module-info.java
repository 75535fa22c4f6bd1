/// Rules, their state, routing and notification.
@org.jspecify.annotations.NullMarked
module sightline.alerting {
  requires transitive sightline.model;
  requires transitive sightline.storage;
  requires static transitive org.jspecify;
  requires org.slf4j;

  exports dev.sightline.alerting;
}
