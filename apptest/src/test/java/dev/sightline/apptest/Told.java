package dev.sightline.apptest;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Somebody who is told of alerts by a web hook and by mail, and keeps what comes. Outlives the
/// server that tells.
final class Told implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<JsonNode> hooked = new CopyOnWriteArrayList<>();
  private final HttpServer hook;
  private final GreenMail mailbox =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  Told() throws IOException {
    hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hook.createContext("/", this::take);
    hook.start();
    mailbox.start();
  }

  URI hook() {
    return URI.create("http://127.0.0.1:" + hook.getAddress().getPort() + "/alerts");
  }

  int mailPort() {
    return mailbox.getSmtp().getPort();
  }

  /// `firing` or `resolved`, for each message of the web hook about a rule.
  List<String> byHook(String rule) {
    return hooked.stream()
        .filter(message -> message.path("groupLabels").path("alertname").asString("").equals(rule))
        .map(message -> message.path("status").asString(""))
        .toList();
  }

  /// Subjects of the mails about a rule.
  List<String> byMail(String rule) {
    return subjects().stream().filter(subject -> subject.contains(rule)).toList();
  }

  /// Everything, in a form to be printed.
  List<String> all() {
    List<String> all = new ArrayList<>(subjects());
    hooked.forEach(message -> all.add(message.toString()));
    return all;
  }

  @Override
  public void close() {
    hook.stop(0);
    mailbox.stop();
  }

  private List<String> subjects() {
    List<String> subjects = new ArrayList<>();
    for (MimeMessage mail : mailbox.getReceivedMessages()) {
      try {
        subjects.add(mail.getSubject());
      } catch (MessagingException unreadable) {
        throw new AssertionError(unreadable);
      }
    }
    return subjects;
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      hooked.add(JSON.readTree(exchange.getRequestBody().readAllBytes()));
      exchange.sendResponseHeaders(200, -1);
    }
  }
}
