package dev.sightline.alerting.notify.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// A mail server on a free port of this machine that says what a test wants.
final class PlayedServer implements AutoCloseable {
  /// Says nothing, and leaves the connection open.
  static final String SILENCE = "silence";

  /// Hangs up.
  static final String HANG_UP = "hang up";

  /// Says one character of an endless answer after another.
  static final String DRIP = "drip";

  /// Commands, and what was said where the server had asked for more.
  final List<String> heard = Collections.synchronizedList(new ArrayList<>());

  final List<String> mails = Collections.synchronizedList(new ArrayList<>());

  /// Answers by the beginning of the command, `.` for the end of a mail and `greeting`.
  final Map<String, String> answers = new ConcurrentHashMap<>();

  /// What `EHLO` is answered, without and with TLS.
  volatile List<String> offers = List.of();

  volatile List<String> offersOverTls = List.of();

  private final ServerSocket listening;
  private final @Nullable SSLContext tls;
  private final CountDownLatch closed = new CountDownLatch(1);

  PlayedServer(@Nullable SSLContext tls) throws IOException {
    this.tls = tls;
    this.listening = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        Thread.ofVirtual().start(() -> converse(socket));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void converse(Socket plain) {
    try (plain) {
      Line line = new Line(plain);
      line.say(answers.getOrDefault("greeting", "220 played ESMTP"));
      String command = line.hear();
      while (command != null) {
        heard.add(command);
        if (command.startsWith("STARTTLS")) {
          line.say("220 go ahead");
          line = new Line(overTls(plain));
        } else if (command.startsWith("EHLO")) {
          line.say(greeted(line.isSecure ? offersOverTls : offers));
        } else if (command.equals("DATA")) {
          String first = answer(command, "354 go on");
          line.say(first);
          if (first.startsWith("354")) {
            mails.add(line.hearMail());
            line.say(answer(".", "250 taken"));
          }
        } else {
          line.say(answer(command, "250 fine"));
        }
        command = line.hear();
      }
    } catch (IOException _) {
      // The client has gone, or was sent away.
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private Socket overTls(Socket plain) throws IOException {
    if (tls == null) {
      throw new IOException("no TLS here");
    }
    SSLSocket socket =
        (SSLSocket) tls.getSocketFactory().createSocket(plain, null, plain.getPort(), true);
    socket.setUseClientMode(false);
    socket.startHandshake();
    return socket;
  }

  private static String greeted(List<String> offers) {
    StringBuilder greeted = new StringBuilder(offers.isEmpty() ? "250 played" : "250-played");
    for (int i = 0; i < offers.size(); i++) {
      greeted.append("\r\n250").append(i == offers.size() - 1 ? ' ' : '-').append(offers.get(i));
    }
    return greeted.toString();
  }

  private String answer(String command, String otherwise) {
    return answers.entrySet().stream()
        .filter(each -> command.startsWith(each.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(otherwise);
  }

  /// One side of a conversation.
  private final class Line {
    private final boolean isSecure;
    private final BufferedReader in;
    private final OutputStream out;

    Line(Socket socket) throws IOException {
      isSecure = socket instanceof SSLSocket;
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      out = socket.getOutputStream();
    }

    @Nullable String hear() throws IOException {
      return in.readLine();
    }

    String hearMail() throws IOException {
      StringBuilder mail = new StringBuilder();
      String line = in.readLine();
      while (line != null && !line.equals(".")) {
        mail.append(line.startsWith(".") ? line.substring(1) : line).append('\n');
        line = in.readLine();
      }
      return mail.toString();
    }

    void say(String answer) throws IOException, InterruptedException {
      switch (answer) {
        case SILENCE -> closed.await();
        case HANG_UP -> throw new IOException("hung up");
        case DRIP -> {
          while (closed.getCount() > 0) {
            out.write("250-x\r\n".getBytes(StandardCharsets.UTF_8));
            closed.await(20, TimeUnit.MILLISECONDS);
          }
        }
        default -> out.write((answer + "\r\n").getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      listening.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
