package dev.sightline.demo.sink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A mail server on a free port of 127.0.0.1 that keeps what it is given, with one virtual thread
/// for each conversation.
final class MailSink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MailSink.class);
  private static final int MAX_CONVERSATIONS = 20;
  private static final int SILENCE_MS = 60_000;

  private final ServerSocket listening;
  private final KeptMessages kept;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private MailSink(ServerSocket listening, KeptMessages kept) {
    this.listening = listening;
    this.kept = kept;
  }

  static MailSink start(KeptMessages kept) {
    try {
      MailSink sink =
          new MailSink(new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1")), kept);
      Thread.ofVirtual().name("demo-mail").start(sink::accept);
      return sink;
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot listen on 127.0.0.1 for the demo's mails", failure);
    }
  }

  int port() {
    return listening.getLocalPort();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        open.add(socket);
        Thread.ofVirtual().name("demo-mail-", 0).start(() -> converse(socket));
      } catch (IOException failure) {
        if (!listening.isClosed()) {
          LOG.warn("a mail could not be taken: {}", failure.getMessage());
        }
      }
    }
  }

  private void converse(Socket socket) {
    try (socket) {
      socket.setSoTimeout(SILENCE_MS);
      if (open.size() > MAX_CONVERSATIONS) {
        socket.getOutputStream().write("421 too many\r\n".getBytes(StandardCharsets.US_ASCII));
        return;
      }
      new SmtpSession(socket.getInputStream(), socket.getOutputStream(), this::take).run();
    } catch (IOException gone) {
      LOG.debug("a conversation about mail ended early: {}", gone.getMessage());
    } finally {
      open.remove(socket);
    }
  }

  private void take(SmtpSession.Envelope envelope, byte[] content) throws IOException {
    MailContent mail = MailContent.read(content);
    kept.add(
        SinkMessage.Kind.MAIL,
        mail.from().isEmpty() ? envelope.from() : mail.from(),
        envelope.to(),
        mail.subject(),
        mail.text(),
        mail.html(),
        null);
  }

  @Override
  public void close() {
    try {
      listening.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
