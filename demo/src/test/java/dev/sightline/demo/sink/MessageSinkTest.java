package dev.sightline.demo.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.FakeClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class MessageSinkTest {
  private final MessageSink sink = MessageSink.start(new FakeClock(1_234));

  @AfterEach
  void close() {
    sink.close();
  }

  /// Sends all lines at once, and reads what is answered until the sink hangs up.
  private List<String> say(String... lines) throws IOException {
    return sayRaw(String.join("\r\n", lines) + "\r\n");
  }

  private List<String> sayRaw(String text) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", sink.mailPort());
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      return in.lines().toList();
    }
  }

  private static final String[] MAIL = {
    "EHLO here",
    "MAIL FROM:<watch@example.org>",
    "RCPT TO:<a@example.org>",
    "RCPT TO:<b@example.org>",
    "DATA",
    "From: =?UTF-8?Q?W=C3=A4chter?= <watch@example.org>",
    "Subject: =?UTF-8?Q?St=C3=B6rung?=",
    "Content-Type: multipart/alternative; boundary=x",
    "",
    "--x",
    "Content-Type: text/plain; charset=UTF-8",
    "Content-Transfer-Encoding: quoted-printable",
    "",
    "..point =C3=BC",
    "--x",
    "Content-Type: text/html; charset=UTF-8",
    "",
    "<b>high</b>",
    "--x--",
    ".",
    "QUIT"
  };

  @Test
  void keepsMailsAsPeopleWouldSeeThem() throws Exception {
    assertThat(say(MAIL)).contains("250 taken").last().isEqualTo("221 good bye");
    SinkMessage mail = sink.messages().getFirst();
    assertThat(mail.timeMs()).isEqualTo(1_234);
    assertThat(mail.from()).isEqualTo("Wächter <watch@example.org>");
    assertThat(mail.to()).containsExactly("a@example.org", "b@example.org");
    assertThat(mail.subject()).isEqualTo("Störung");
    assertThat(String.valueOf(mail.text()).strip()).isEqualTo(".point ü");
    assertThat(String.valueOf(mail.html()).strip()).isEqualTo("<b>high</b>");
  }

  @Test
  void keepsToTheOrderOfCommands() throws Exception {
    assertThat(
            say(
                "MAIL FROM:<a@b>",
                "HELO here",
                "RCPT TO:<a@b>",
                "DATA",
                "MAIL FROM: <a@b>",
                "MAIL FROM:<>",
                "MAIL FROM:<a@b>",
                "RCPT TO:<>",
                "RSET",
                "DATA",
                "NOOP",
                "VRFY a",
                "QUIT"))
        .map(line -> line.substring(0, 3))
        .containsExactly(
            "220", "503", "250", "503", "503", "501", "250", "503", "501", "250", "503", "250",
            "502", "221");
    assertThat(sink.messages()).isEmpty();
  }

  @Test
  void takesNoOtherEndOfALine() throws Exception {
    String start = "EHLO h\r\nMAIL FROM:<a@b>\r\nRCPT TO:<a@b>\r\nDATA\r\n";
    for (String smuggled : List.of("x\n.\r\n", "x\r.\r\n", "x\r\n.\n", "x".repeat(1_100))) {
      assertThat(sayRaw(start + smuggled + "QUIT\r\n")).last().asString().startsWith("500 ");
    }
    assertThat(sayRaw("EHLO " + "h".repeat(2_000))).last().asString().startsWith("500 a line");
    assertThat(sink.messages()).isEmpty();
  }

  @Test
  void takesNoMoreThanItSays() throws Exception {
    String line = "y".repeat(900) + "\r\n";
    String start = "EHLO h\r\nMAIL FROM:<a@b>\r\nRCPT TO:<a@b>\r\nDATA\r\n";
    assertThat(sayRaw(start + line.repeat(1_200) + ".\r\nQUIT\r\n"))
        .anyMatch(answer -> answer.startsWith("552"))
        .last()
        .isEqualTo("221 good bye");
    StringBuilder many = new StringBuilder("EHLO h\r\nMAIL FROM:<a@b>\r\n");
    many.append("RCPT TO:<a@b>\r\n".repeat(101)).append("QUIT\r\n");
    assertThat(sayRaw(many.toString())).filteredOn(a -> a.startsWith("452")).hasSize(1);
    assertThat(sink.messages()).isEmpty();
  }

  private int post(String path, String body) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(sink.hookUri().resolve(path))
              .header("User-Agent", "Sightline")
              .POST(BodyPublishers.ofString(body))
              .build();
      return client.send(request, BodyHandlers.discarding()).statusCode();
    }
  }

  @Test
  void keepsWebHooks() throws Exception {
    String body =
        """
        {"groupLabels":{"alertname":"Down","job":"j"},"alerts":[{"status":"firing"},{"status":"resolved"}]}""";
    assertThat(post("/hook", body)).isEqualTo(200);
    assertThat(post("/hook", "[")).isEqualTo(400);
    assertThat(post("/hook", "{}")).isEqualTo(400);
    assertThat(post("/other", body)).isEqualTo(404);
    assertThat(sink.messages())
        .containsExactly(
            new SinkMessage(
                "1",
                1_234,
                SinkMessage.Kind.WEBHOOK,
                "Sightline",
                List.of("/hook"),
                "[FIRING:1] Down j",
                null,
                null,
                body));
  }

  @Test
  void forgetsTheOldest() {
    KeptMessages kept = new KeptMessages(new FakeClock(0));
    for (int i = 0; i < 250; i++) {
      kept.add(SinkMessage.Kind.MAIL, "", List.of(), "s", null, null, null);
    }
    assertThat(kept.newestFirst()).hasSize(200);
    assertThat(kept.newestFirst().getFirst().id()).isEqualTo("250");
    String long3 = "x".repeat(3 << 20);
    for (int i = 0; i < 4; i++) {
      kept.add(SinkMessage.Kind.MAIL, "", List.of(), "s", long3, null, null);
    }
    assertThat(kept.newestFirst()).hasSize(2);
  }
}
