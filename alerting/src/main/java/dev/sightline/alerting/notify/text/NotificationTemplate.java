package dev.sightline.alerting.notify.text;

import dev.sightline.alerting.notify.Notification;
import dev.sightline.template.Escaping;
import dev.sightline.template.HtmlEscaping;
import dev.sightline.template.Template;
import dev.sightline.template.Template.Limits;
import dev.sightline.template.function.NotificationFunctions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// A text for people that Alertmanager's configuration writes as a template, checked and ready to
/// be expanded.
///
/// It may invoke the definitions of `default.tmpl` and those that the configuration adds.
public final class NotificationTemplate {
  private static final Limits LIMITS = new Limits(512 << 10, 1_000_000, 16);
  private static final Escaping HTML = new HtmlEscaping();
  private static final String STANDARD = standard();

  private final String source;
  private final List<String> definitions;

  /// @param definitions texts of further definitions, the later ones in place of the earlier
  /// @throws dev.sightline.template.TemplateException if one of them is no template
  public NotificationTemplate(String source, List<String> definitions) {
    this.source = source;
    this.definitions = List.copyOf(definitions);
    template(Instant.EPOCH);
  }

  /// One that needs no definitions of a configuration.
  public static NotificationTemplate standard(String name) {
    return new NotificationTemplate("{{ template \"" + name + "\" . }}", List.of());
  }

  private Template template(Instant now) {
    Template template = Template.parse(source, NotificationFunctions.of(now)).with(STANDARD);
    for (String each : definitions) {
      template = template.with(each);
    }
    return template;
  }

  public boolean isEmpty() {
    return source.isEmpty();
  }

  /// Whether it says the same of everything.
  public boolean isConstant() {
    return !source.contains("{{");
  }

  /// @param externalUrl where people find this server
  /// @throws dev.sightline.template.TemplateException if it cannot be expanded, or passes a limit
  public String text(Notification notification, String externalUrl) {
    return expand(notification, externalUrl, Escaping.NONE);
  }

  /// As [#text], for HTML: what values hold is text there.
  public String html(Notification notification, String externalUrl) {
    return expand(notification, externalUrl, HTML);
  }

  private String expand(Notification notification, String externalUrl, Escaping escaping) {
    return template(Instant.ofEpochMilli(notification.timeMs()))
        .expand(NotificationValue.of(notification, externalUrl), LIMITS, escaping);
  }

  private static String standard() {
    try (InputStream in = NotificationTemplate.class.getResourceAsStream("default.tmpl")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Override
  public String toString() {
    return source;
  }
}
