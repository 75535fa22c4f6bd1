package dev.sightline.server;

import dev.sightline.alerting.Alert;
import dev.sightline.alerting.AlertSink;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes alerts where nobody is to be notified: they are seen on the pages and in the API only.
final class UnheardAlerts implements AlertSink {
  private static final Logger LOG = LoggerFactory.getLogger(UnheardAlerts.class);

  @Override
  public void receive(List<Alert> alerts) {
    LOG.debug("{} alerts, and nobody to notify", alerts.size());
  }
}
