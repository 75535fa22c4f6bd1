package dev.sightline.alerting.notify.mail;

import dev.sightline.alerting.notify.text.NotificationTemplate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Mails to one or several people, as configured.
///
/// @param to separated by commas or semicolons
/// @param headers by name, `Subject` among them; they may say other names than `from` and `to`
/// @param html empty for mails that are text alone
/// @param text empty for mails that are HTML alone
public record MailConfig(
    MailServer server,
    boolean sendResolved,
    NotificationTemplate from,
    NotificationTemplate to,
    Map<String, NotificationTemplate> headers,
    NotificationTemplate html,
    NotificationTemplate text) {
  public MailConfig {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }
}
