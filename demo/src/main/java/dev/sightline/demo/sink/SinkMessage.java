package dev.sightline.demo.sink;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came in where a team's mailbox or chat would have been.
///
/// @param timeMs Unix milliseconds
/// @param from of a mail its sender, of a call the program that made it
/// @param to recipients of a mail, the path of a call
/// @param text of a mail; null where there is none
/// @param html of a mail; null where there is none
/// @param body of a call; null for mails
public record SinkMessage(
    String id,
    long timeMs,
    Kind kind,
    String from,
    List<String> to,
    String subject,
    @Nullable String text,
    @Nullable String html,
    @Nullable String body) {
  /// How it came.
  public enum Kind {
    MAIL,
    WEBHOOK
  }

  public SinkMessage {
    to = List.copyOf(to);
  }

  int characters() {
    return subject.length() + length(text) + length(html) + length(body);
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }
}
