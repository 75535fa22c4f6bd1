package dev.sightline.demo.sink;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One conversation about mails, as RFC 5321 has it: commands in their order, within their lengths,
/// each line ended by CR LF and by nothing else.
final class SmtpSession {
  static final int MAX_MAIL_BYTES = 1 << 20;
  static final int MAX_RECIPIENTS = 100;
  private static final int MAX_MAILS = 100;
  private static final Pattern SENDER = Pattern.compile("(?i)MAIL FROM:<([^<>\\s]*)>(?: .*)?");
  private static final Pattern RECIPIENT = Pattern.compile("(?i)RCPT TO:<([^<>\\s]+)>(?: .*)?");

  private final SmtpLines in;
  private final OutputStream out;
  private final Taker taker;
  private final List<String> recipients = new ArrayList<>();
  private @Nullable String sender;
  private boolean isGreeted;
  private int mails;

  /// Who sends to whom.
  record Envelope(String from, List<String> to) {
    Envelope {
      to = List.copyOf(to);
    }
  }

  /// Takes a mail.
  interface Taker {
    /// @throws IOException if it is none
    void take(Envelope envelope, byte[] content) throws IOException;
  }

  SmtpSession(InputStream in, OutputStream out, Taker taker) {
    this.in = new SmtpLines(in);
    this.out = out;
    this.taker = taker;
  }

  /// Returns once the other side has taken leave or was sent away.
  ///
  /// @throws IOException if the connection broke
  void run() throws IOException {
    say("220 demo.invalid ESMTP, which passes nothing on");
    try {
      String command = in.command();
      while (command != null && obey(command)) {
        command = in.command();
      }
    } catch (SmtpLines.BadLineException bad) {
      say("500 " + bad.getMessage());
    }
  }

  /// @return whether the conversation goes on
  private boolean obey(String command) throws IOException {
    switch (command.split(" ", 2)[0].toUpperCase(Locale.ROOT)) {
      case "EHLO" -> greet("250-demo.invalid\r\n250-8BITMIME\r\n250 SIZE " + MAX_MAIL_BYTES);
      case "HELO" -> greet("250 demo.invalid");
      case "MAIL" -> from(command);
      case "RCPT" -> to(command);
      case "DATA" -> data();
      case "RSET" -> {
        forget();
        say("250 forgotten");
      }
      case "NOOP" -> say("250 here");
      case "QUIT" -> {
        say("221 good bye");
        return false;
      }
      default -> say("502 not known here");
    }
    return mails < MAX_MAILS;
  }

  private void greet(String answer) throws IOException {
    forget();
    isGreeted = true;
    say(answer);
  }

  private void from(String command) throws IOException {
    Matcher found = SENDER.matcher(command);
    if (!isGreeted || sender != null) {
      say("503 not now");
    } else if (!found.matches()) {
      say("501 MAIL FROM:<address>");
    } else {
      sender = found.group(1);
      say("250 fine");
    }
  }

  private void to(String command) throws IOException {
    Matcher found = RECIPIENT.matcher(command);
    if (sender == null) {
      say("503 MAIL comes first");
    } else if (!found.matches()) {
      say("501 RCPT TO:<address>");
    } else if (recipients.size() >= MAX_RECIPIENTS) {
      say("452 not more than " + MAX_RECIPIENTS + " recipients");
    } else {
      recipients.add(found.group(1));
      say("250 fine");
    }
  }

  private void data() throws IOException {
    String from = sender;
    if (from == null || recipients.isEmpty()) {
      say("503 MAIL and RCPT come first");
      return;
    }
    say("354 go on, and end with a point");
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    if (!in.mail(content, MAX_MAIL_BYTES)) {
      say("552 not more than " + MAX_MAIL_BYTES + " bytes");
    } else {
      say(taken(new Envelope(from, recipients), content.toByteArray()));
    }
    mails++;
    forget();
  }

  private String taken(Envelope envelope, byte[] content) {
    try {
      taker.take(envelope, content);
      return "250 taken";
    } catch (IOException noMail) {
      return "554 this is no mail";
    }
  }

  private void forget() {
    sender = null;
    recipients.clear();
  }

  private void say(String answer) throws IOException {
    out.write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }
}
