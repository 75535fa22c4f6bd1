package dev.sightline.alerting.notify.webhook;

import dev.sightline.wire.outgoing.Authorization;
import dev.sightline.wire.outgoing.Authorization.Source;
import dev.sightline.wire.outgoing.TlsSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A web hook, as configured.
///
/// @param url where to; a secret, because it often holds a token
/// @param authorization null where nothing is shown
/// @param maxAlerts how many alerts are told at most; 0 for all
/// @param timeout for the whole call
public record WebhookConfig(
    Source url,
    @Nullable Authorization authorization,
    TlsSettings tls,
    boolean sendResolved,
    int maxAlerts,
    Duration timeout) {
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(15);
}
