package dev.sightline.alerting.notify.mail;

import dev.sightline.alerting.notify.Channel;
import dev.sightline.alerting.notify.NotSentException;
import dev.sightline.alerting.notify.NotSentException.Hope;
import dev.sightline.alerting.notify.Notification;
import dev.sightline.wire.outgoing.TlsContext;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// Tells people by mail.
///
/// A mail that may come twice has the same `Message-ID` both times. Where a server takes it for
/// some recipients and may take it later for others, only the others are tried again.
public final class MailChannel implements Channel {
  private static final int MAX_PARTLY_SENT = 1_000;

  private final MailServer server;
  private final MailWriter writer;
  private final Supplier<String> externalUrl;
  private final TlsContext tls;
  private final SmtpCall.Limits limits;

  /// Who has a mail already of which others have not, by the id of the notification, guarded by
  /// itself.
  private final Map<String, Set<String>> reached = new LinkedHashMap<>();

  /// @param externalUrl where people find this server
  /// @throws IOException if a file of certificates cannot be used
  public MailChannel(MailConfig config, Supplier<String> externalUrl) throws IOException {
    this(config, externalUrl, SmtpCall.Limits.DEFAULT);
  }

  MailChannel(MailConfig config, Supplier<String> externalUrl, SmtpCall.Limits limits)
      throws IOException {
    this.server = config.server();
    this.writer = new MailWriter(config);
    this.externalUrl = externalUrl;
    this.tls = new TlsContext(server.tls());
    this.limits = limits;
  }

  @Override
  public String kind() {
    return "email";
  }

  @Override
  public void send(Notification notification) {
    Mail mail = writer.write(notification, externalUrl.get());
    Mail left = mail.to(left(notification.id(), mail.to()));
    SmtpCall.Delivery delivery;
    try (SmtpCall call = SmtpCall.open(server, tls, limits)) {
      delivery = call.send(left);
    }
    NotSentException failure = delivery.failure();
    if (failure == null) {
      forget(notification.id());
      return;
    }
    if (failure.hope() == Hope.NONE) {
      forget(notification.id());
    } else {
      remember(notification.id(), delivery.reached());
    }
    throw delivery.reached().isEmpty() ? failure : partly(delivery.reached().size(), failure);
  }

  private static NotSentException partly(int reached, NotSentException failure) {
    return new NotSentException(failure.hope(), "sent to " + reached + "; " + failure.reason());
  }

  private List<InternetAddress> left(String id, List<InternetAddress> all) {
    synchronized (reached) {
      Set<String> have = reached.getOrDefault(id, Set.of());
      return all.stream().filter(each -> !have.contains(each.getAddress())).toList();
    }
  }

  private void remember(String id, List<String> addresses) {
    if (addresses.isEmpty()) {
      return;
    }
    synchronized (reached) {
      reached.computeIfAbsent(id, _ -> new HashSet<>()).addAll(addresses);
      if (reached.size() > MAX_PARTLY_SENT) {
        reached.remove(reached.keySet().iterator().next());
      }
    }
  }

  private void forget(String id) {
    synchronized (reached) {
      reached.remove(id);
    }
  }
}
