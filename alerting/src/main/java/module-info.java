/// Rules, their state, routing and notification.
@org.jspecify.annotations.NullMarked
module sightline.alerting {
  requires transitive sightline.model;
  requires transitive sightline.storage;
  requires transitive sightline.template;
  requires transitive sightline.wire;
  requires static transitive org.jspecify;
  requires org.slf4j;

  exports dev.sightline.alerting;
  exports dev.sightline.alerting.rule;
  exports dev.sightline.alerting.state;
}
