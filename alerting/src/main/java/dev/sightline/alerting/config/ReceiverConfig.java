package dev.sightline.alerting.config;

import dev.sightline.alerting.notify.mail.MailConfig;
import dev.sightline.alerting.notify.webhook.WebhookConfig;
import java.util.List;

/// A receiver, as configured.
public record ReceiverConfig(String name, List<WebhookConfig> webhooks, List<MailConfig> mails) {
  public ReceiverConfig {
    webhooks = List.copyOf(webhooks);
    mails = List.copyOf(mails);
  }
}
