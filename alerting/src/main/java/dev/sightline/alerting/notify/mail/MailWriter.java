package dev.sightline.alerting.notify.mail;

import dev.sightline.alerting.notify.NotSentException;
import dev.sightline.alerting.notify.NotSentException.Hope;
import dev.sightline.alerting.notify.Notification;
import dev.sightline.alerting.notify.text.NotificationTemplate;
import dev.sightline.template.TemplateException;
import jakarta.mail.internet.InternetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Writes notifications as mails.
///
/// A template of the user that fails must not keep people from hearing of an alert: what it would
/// have said is said by the standard text, which then names the fault.
final class MailWriter {
  private static final int LONGEST_HEADER = 900;
  private static final NotificationTemplate SUBJECT =
      NotificationTemplate.standard("email.default.subject");
  private static final NotificationTemplate HTML =
      NotificationTemplate.standard("email.default.html");
  private static final NotificationTemplate TEXT =
      NotificationTemplate.standard("email.default.text");

  private final MailConfig config;

  MailWriter(MailConfig config) {
    this.config = config;
  }

  /// @param externalUrl where people find this server
  /// @throws NotSentException if it is unknown who writes, or to whom
  Mail write(Notification notification, String externalUrl) {
    Expansion expansion = new Expansion(notification, externalUrl);
    InternetAddress from = expansion.addresses("from", config.from()).getFirst();
    List<InternetAddress> to = expansion.addresses("to", config.to());
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("From", Plain.line(config.from().text(notification, externalUrl), LONGEST_HEADER));
    headers.put("To", Plain.line(config.to().text(notification, externalUrl), LONGEST_HEADER));
    headers.put("Subject", expansion.line(SUBJECT));
    config.headers().forEach((name, value) -> expansion.header(headers, name, value));
    String text = expansion.body(config.text(), TEXT, false);
    String html = expansion.body(config.html(), HTML, true);
    String domain = from.getAddress().substring(from.getAddress().lastIndexOf('@') + 1);
    return new Mail(
        notification.id() + "@" + domain,
        notification.timeMs(),
        from,
        to,
        headers,
        expansion.isFaulty() || html.isEmpty() ? expansion.explained(text) : text,
        html);
  }

  /// What the templates make of one notification.
  private static final class Expansion {
    private final Notification notification;
    private final String externalUrl;
    private final Map<String, String> faults = new LinkedHashMap<>();

    Expansion(Notification notification, String externalUrl) {
      this.notification = notification;
      this.externalUrl = externalUrl;
    }

    boolean isFaulty() {
      return !faults.isEmpty();
    }

    List<InternetAddress> addresses(String key, NotificationTemplate template) {
      try {
        return MailAddresses.parse(template.text(notification, externalUrl));
      } catch (TemplateException | IllegalArgumentException bad) {
        throw new NotSentException(Hope.NONE, key + ": " + bad.getMessage());
      }
    }

    String line(NotificationTemplate template) {
      return Plain.line(template.text(notification, externalUrl), LONGEST_HEADER);
    }

    /// A header whose template fails is left as it was.
    void header(Map<String, String> headers, String name, NotificationTemplate template) {
      try {
        headers.put(name, line(template));
      } catch (TemplateException bad) {
        faults.put("headers." + name, String.valueOf(bad.getMessage()));
      }
    }

    String body(NotificationTemplate template, NotificationTemplate standard, boolean html) {
      if (template.isEmpty()) {
        return "";
      }
      try {
        return expand(template, html);
      } catch (TemplateException bad) {
        faults.put(html ? "html" : "text", String.valueOf(bad.getMessage()));
      }
      try {
        return expand(standard, html);
      } catch (TemplateException tooMuch) {
        return html ? "" : brief();
      }
    }

    private String expand(NotificationTemplate template, boolean html) {
      return html
          ? template.html(notification, externalUrl)
          : template.text(notification, externalUrl);
    }

    /// What can be said of any number of alerts with texts of any length.
    private String brief() {
      long resolved = notification.alerts().stream().filter(each -> each.resolved()).count();
      long firing = notification.alerts().size() - resolved;
      return "%d firing, %d resolved\n%s/alerts\n\nThere is more to say than a mail holds.\n"
          .formatted(firing, resolved, externalUrl);
    }

    String explained(String text) {
      StringBuilder explained = new StringBuilder(text.isEmpty() ? brief() : text);
      faults.forEach(
          (where, fault) ->
              explained
                  .append("\nThe template of ")
                  .append(where)
                  .append(" failed, so that the standard text stands in its place: ")
                  .append(Plain.line(fault, 300))
                  .append('\n'));
      return explained.toString();
    }
  }
}
