/// Rules, their state, routing and notification.
@org.jspecify.annotations.NullMarked
module sightline.alerting {
  requires transitive sightline.model;
  requires transitive sightline.storage;
  requires transitive sightline.template;
  requires transitive sightline.wire;
  requires static transitive org.jspecify;
  requires jakarta.mail;
  requires java.net.http;
  requires org.eclipse.angus.mail;
  requires org.slf4j;
  requires tools.jackson.core;

  exports dev.sightline.alerting;
  exports dev.sightline.alerting.config;
  exports dev.sightline.alerting.dispatch;
  exports dev.sightline.alerting.notify;
  exports dev.sightline.alerting.notify.journal;
  exports dev.sightline.alerting.notify.mail;
  exports dev.sightline.alerting.notify.text;
  exports dev.sightline.alerting.notify.webhook;
  exports dev.sightline.alerting.route;
  exports dev.sightline.alerting.rule;
  exports dev.sightline.alerting.state;
}
