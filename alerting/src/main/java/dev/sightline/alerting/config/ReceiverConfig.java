package dev.sightline.alerting.config;

import dev.sightline.alerting.notify.webhook.WebhookConfig;
import java.util.List;

/// A receiver, as configured.
public record ReceiverConfig(String name, List<WebhookConfig> webhooks) {
  public ReceiverConfig {
    webhooks = List.copyOf(webhooks);
  }
}
