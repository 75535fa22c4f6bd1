package dev.sightline.alerting.notify.mail;

import jakarta.mail.internet.InternetAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is written to whom.
///
/// @param id unique in the world, the same when the same is sent again
/// @param timeMs Unix milliseconds
/// @param headers by name, each in one line; `From`, `To` and `Subject` are among them
/// @param text empty if there is none; `html` is not empty then
record Mail(
    String id,
    long timeMs,
    InternetAddress from,
    List<InternetAddress> to,
    Map<String, String> headers,
    String text,
    String html) {
  Mail {
    to = List.copyOf(to);
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /// The same for some of the recipients.
  Mail to(List<InternetAddress> some) {
    return new Mail(id, timeMs, from, some, headers, text, html);
  }
}
