package dev.sightline.alerting.notify.mail;

import dev.sightline.alerting.notify.AllowedHost;
import dev.sightline.alerting.notify.NotSentException;
import dev.sightline.alerting.notify.NotSentException.Hope;
import dev.sightline.wire.outgoing.TlsContext;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/// One conversation with a mail server, that ends when its time is over whatever the server does.
final class SmtpCall implements AutoCloseable {
  private final MailServer server;
  private final TlsContext tls;
  private final Duration readTimeout;
  private final Socket socket;
  private final Session session;
  private final SMTPTransport transport;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean isLate;

  /// How long things may take.
  ///
  /// @param answer between a command and its answer
  /// @param whole for everything
  record Limits(Duration connect, Duration answer, Duration whole) {
    static final Limits DEFAULT =
        new Limits(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(60));
  }

  private SmtpCall(MailServer server, TlsContext tls, Limits limits, Socket socket) {
    this.server = server;
    this.tls = tls;
    this.readTimeout = limits.answer();
    this.socket = socket;
    this.session = session(server, tls);
    this.transport = new SMTPTransport(session, null);
    Thread.ofVirtual().name("smtp-limit").start(() -> endAfter(limits.whole()));
  }

  /// Connects, and takes no other address than those that were checked.
  ///
  /// @throws NotSentException if there is no connection
  static SmtpCall open(MailServer server, TlsContext tls, Limits limits) {
    NotSentException last = null;
    for (InetAddress address : AllowedHost.addresses(server.host())) {
      Socket socket = new Socket();
      try {
        // With the name it was found by, the library does not look for another.
        InetAddress named = InetAddress.getByAddress(server.host(), address.getAddress());
        socket.connect(
            new InetSocketAddress(named, server.port()), (int) limits.connect().toMillis());
        return new SmtpCall(server, tls, limits, socket);
      } catch (IOException failure) {
        close(socket);
        last = new NotSentException(Hope.LATER, "no connection: " + failure.getMessage());
      }
    }
    throw last == null ? new NotSentException(Hope.LATER, "no connection") : last;
  }

  private static Session session(MailServer server, TlsContext tls) {
    boolean starts = server.requireTls() && !server.startsWithTls();
    Properties properties = new Properties();
    properties.put("mail.smtp.localhost", server.hello());
    properties.put("mail.smtp.sendpartial", "true");
    properties.put("mail.smtp.starttls.enable", String.valueOf(starts));
    properties.put("mail.smtp.starttls.required", String.valueOf(starts));
    properties.put("mail.smtp.ssl.socketFactory", new TlsSockets(tls, server.host()));
    // The sockets check it themselves.
    properties.put("mail.smtp.ssl.checkserveridentity", "false");
    return Session.getInstance(properties);
  }

  private void endAfter(Duration limit) {
    try {
      if (!ended.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        isLate = true;
        close(socket);
      }
    } catch (InterruptedException _) {
      close(socket);
    }
  }

  /// What became of a mail.
  ///
  /// @param reached the addresses for which the server has taken it
  /// @param failure null if it has taken it for all
  record Delivery(List<String> reached, @Nullable NotSentException failure) {}

  /// Returns once the server has taken the mail, or has not.
  ///
  /// @throws NotSentException if nobody could log in
  Delivery send(Mail mail) {
    Letter letter = null;
    try {
      connect();
      letter = new Letter(mail, session);
      transport.sendMessage(letter, mail.to().toArray(Address[]::new));
      return new Delivery(mail.to().stream().map(InternetAddress::getAddress).toList(), null);
    } catch (IOException failure) {
      return failed(
          isLate ? late(false) : new NotSentException(Hope.LATER, "TLS: " + failure.getMessage()));
    } catch (MessagingException failure) {
      boolean begun = letter != null && letter.isBegun();
      NotSentException meaning = SmtpFailures.of(failure, begun, transport.getLastReturnCode());
      List<String> reached = SmtpFailures.reached(failure);
      return isLate && reached.isEmpty() ? failed(late(begun)) : new Delivery(reached, meaning);
    }
  }

  private static Delivery failed(NotSentException failure) {
    return new Delivery(List.of(), failure);
  }

  private static NotSentException late(boolean begun) {
    return new NotSentException(
        begun ? Hope.UNKNOWN : Hope.LATER, "the server took longer than a mail may take");
  }

  private void connect() throws MessagingException, IOException {
    socket.setSoTimeout((int) readTimeout.toMillis());
    if (server.startsWithTls()) {
      transport.connect(tls.wrap(socket, server.host()));
    } else {
      transport.connect(socket);
    }
    MailLogin login = server.login();
    if (login != null) {
      new SmtpLogin(login, transport, socket.getInetAddress().isLoopbackAddress()).run();
    }
  }

  /// Takes leave. Whether that goes well changes nothing.
  @Override
  public void close() {
    try {
      transport.close();
    } catch (MessagingException _) {
      // The server has said what became of the mail.
    } finally {
      ended.countDown();
      close(socket);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // It is not used any more.
    }
  }
}
