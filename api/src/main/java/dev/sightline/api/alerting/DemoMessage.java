package dev.sightline.api.alerting;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the demo's sink received in place of a real receiver.
///
/// @param kind `mail` or `webhook`
/// @param text of a mail; null where there is none
/// @param html of a mail; null where there is none
/// @param body of a web hook; null for mails
public record DemoMessage(
    String id,
    long timeMs,
    String kind,
    String from,
    List<String> to,
    String subject,
    @Nullable String text,
    @Nullable String html,
    @Nullable String body) {
  public DemoMessage {
    to = List.copyOf(to);
  }
}
