package dev.sightline.alerting.config;

import dev.sightline.alerting.notify.mail.MailAddresses;
import dev.sightline.alerting.notify.mail.MailConfig;
import dev.sightline.alerting.notify.mail.MailLogin;
import dev.sightline.alerting.notify.mail.MailServer;
import dev.sightline.alerting.notify.text.NotificationTemplate;
import dev.sightline.wire.outgoing.Authorization.Source;
import dev.sightline.wire.outgoing.OutgoingReader;
import dev.sightline.wire.outgoing.TlsSettings;
import dev.sightline.wire.yaml.Unused;
import dev.sightline.wire.yaml.YamlMap;
import dev.sightline.wire.yaml.YamlNode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads one of `email_configs`; what it does not say, it has from the keys `smtp_…` of `global`.
final class MailReader {
  private static final int TLS_PORT = 465;
  private static final String HTML = "{{ template \"email.default.html\" . }}";
  private static final String TEXT = "{{ template \"email.default.text\" . }}";

  /// Headers without which a mail could not be read.
  private static final Set<String> OURS =
      Set.of("content-type", "content-transfer-encoding", "mime-version", "message-id", "date");

  private final Settings global;
  private final Templates templates;
  private final Unused unused;

  /// What stands in `global` as well as in each of `email_configs`; null or empty where it stands
  /// nowhere.
  private record Settings(
      String from,
      @Nullable YamlNode smarthost,
      String hello,
      String user,
      @Nullable Source password,
      @Nullable Source secret,
      String identity,
      boolean requireTls,
      @Nullable Boolean startsWithTls,
      TlsSettings tls) {
    static final Settings NONE =
        new Settings("", null, "localhost", "", null, null, "", true, null, TlsSettings.DEFAULT);
  }

  private MailReader(Settings global, Templates templates, Unused unused) {
    this.global = global;
    this.templates = templates;
    this.unused = unused;
  }

  static MailReader of(YamlMap global, Templates templates, Unused unused) {
    return new MailReader(settings(global, "smtp_", Settings.NONE, unused), templates, unused);
  }

  MailConfig read(YamlNode node) {
    try (YamlMap map = node.asMap()) {
      unused.note(map, "threading");
      Settings settings = settings(map, "", global, unused);
      NotificationTemplate to = addresses(map.need("to"));
      YamlNode ownFrom = map.find("from");
      if (ownFrom == null && settings.from.isEmpty()) {
        throw node.error("needs from, or smtp_from in global");
      }
      return new MailConfig(
          server(settings, node),
          map.bool("send_resolved", false),
          ownFrom == null ? templates.of(settings.from) : addresses(ownFrom),
          to,
          headers(map.map("headers")),
          templates.text(map, "html", HTML),
          templates.text(map, "text", TEXT));
    }
  }

  private NotificationTemplate addresses(YamlNode node) {
    NotificationTemplate template = templates.of(node);
    if (template.isConstant()) {
      try {
        MailAddresses.check(node.asText());
      } catch (IllegalArgumentException bad) {
        throw node.fault(bad.getMessage());
      }
    }
    return template;
  }

  private Map<String, NotificationTemplate> headers(YamlMap given) {
    try (YamlMap map = given) {
      Map<String, NotificationTemplate> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      for (String name : map.keys()) {
        YamlNode value = map.need(name);
        boolean isName = name.length() <= 100 && name.matches("[!-9;-~]+");
        if (!isName || OURS.contains(name.toLowerCase(Locale.ROOT))) {
          throw value.error("is a header that cannot be set");
        }
        if (headers.put(name, templates.of(value)) != null) {
          throw value.error("sets the header " + name + " a second time");
        }
      }
      return headers;
    }
  }

  private static MailServer server(Settings settings, YamlNode node) {
    YamlNode smarthost = settings.smarthost;
    if (smarthost == null) {
      throw node.error("needs smarthost, or smtp_smarthost in global");
    }
    String text = smarthost.asText();
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon).replaceAll("^\\[(.*)\\]$", "$1");
    String digits = text.substring(colon + 1);
    int port = digits.matches("\\d{1,5}") ? Integer.parseInt(digits) : 0;
    if (!host.matches("[A-Za-z0-9._:%-]+") || port < 1 || port > 65_535) {
      throw smarthost.error("must be HOST:PORT");
    }
    MailLogin login =
        settings.user.isEmpty()
            ? null
            : new MailLogin(settings.user, settings.password, settings.secret, settings.identity);
    boolean tls = settings.startsWithTls == null ? port == TLS_PORT : settings.startsWithTls;
    return new MailServer(
        host, port, settings.hello, login, tls, settings.requireTls, settings.tls);
  }

  private static Settings settings(YamlMap map, String prefix, Settings above, Unused unused) {
    YamlNode tls = map.find(prefix + "tls_config");
    YamlNode starts = map.find(prefix + "force_implicit_tls");
    YamlNode smarthost = map.find(prefix + "smarthost");
    return new Settings(
        map.text(prefix + "from", above.from),
        smarthost == null || smarthost.isNull() ? above.smarthost : smarthost,
        hello(map, prefix + "hello", above.hello),
        map.text(prefix + "auth_username", above.user),
        source(map, prefix + "auth_password", above.password),
        source(map, prefix + "auth_secret", above.secret),
        map.text(prefix + "auth_identity", above.identity),
        map.bool(prefix + "require_tls", above.requireTls),
        starts == null || starts.isNull() ? above.startsWithTls : (Boolean) starts.asBoolean(),
        tls == null || tls.isNull() ? above.tls : OutgoingReader.tls(tls.asMap(), unused));
  }

  private static String hello(YamlMap map, String key, String otherwise) {
    String hello = map.text(key, otherwise);
    if (!hello.matches("[A-Za-z0-9.:\\[\\]_-]{1,255}")) {
      throw map.need(key).error("must be the name of a host");
    }
    return hello;
  }

  private static @Nullable Source source(YamlMap map, String key, @Nullable Source otherwise) {
    Source source = OutgoingReader.source(map, key);
    return source == null ? otherwise : source;
  }
}
