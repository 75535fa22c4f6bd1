package dev.sightline.alerting.notify.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// A mail in the form of MIME, which knows whether a server may have seen it.
final class Letter extends MimeMessage {
  private static final String UTF_8 = "UTF-8";
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final Set<String> OF_ADDRESSES =
      Set.of("from", "to", "cc", "bcc", "reply-to", "sender");

  private final String id;
  private volatile boolean isBegun;

  Letter(Mail mail, Session session) throws MessagingException {
    super(session);
    this.id = mail.id();
    setHeader("Date", DATE.format(Instant.ofEpochMilli(mail.timeMs())));
    setHeader("Auto-Submitted", "auto-generated");
    for (Map.Entry<String, String> header : mail.headers().entrySet()) {
      setHeader(header.getKey(), folded(header.getKey(), header.getValue()));
    }
    if (mail.text().isEmpty()) {
      setText(mail.html(), UTF_8, "html");
    } else if (mail.html().isEmpty()) {
      setText(mail.text(), UTF_8);
    } else {
      setContent(
          new MimeMultipart("alternative", part(mail.text(), "plain"), part(mail.html(), "html")));
    }
    if (mail.text().isEmpty() || mail.html().isEmpty()) {
      setHeader("Content-Transfer-Encoding", "quoted-printable");
    }
    saveChanges();
  }

  private static MimeBodyPart part(String text, String subtype) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setText(text, UTF_8, subtype);
    part.setHeader("Content-Transfer-Encoding", "quoted-printable");
    return part;
  }

  private static String folded(String name, String given) throws MessagingException {
    // What looks like an encoded word would be shown as what it encodes.
    String value = given.replace("=?", "= ?");
    try {
      String encoded =
          OF_ADDRESSES.contains(name.toLowerCase(Locale.ROOT))
              ? addresses(value)
              : MimeUtility.encodeText(value, UTF_8, null);
      return MimeUtility.fold(name.length() + 2, encoded);
    } catch (UnsupportedEncodingException impossible) {
      throw new MessagingException("UTF-8 is unknown", impossible);
    }
  }

  /// What is no list of addresses stands as it is, for it may be a group or a word to people.
  private static String addresses(String value) throws UnsupportedEncodingException {
    try {
      return InternetAddress.toString(MailAddresses.parse(value).toArray(InternetAddress[]::new));
    } catch (IllegalArgumentException _) {
      return MimeUtility.encodeText(value, UTF_8, null);
    }
  }

  /// Whether its content began to be sent: from then on nobody knows whether it has arrived, until
  /// the server says so.
  boolean isBegun() {
    return isBegun;
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", "<" + id + ">");
  }

  @Override
  public void writeTo(OutputStream out, String[] ignored) throws IOException, MessagingException {
    isBegun = true;
    super.writeTo(out, ignored);
  }
}
