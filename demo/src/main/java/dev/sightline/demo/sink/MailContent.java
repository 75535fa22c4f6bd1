package dev.sightline.demo.sink;

import jakarta.mail.Address;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// What a mail says, out of its MIME.
///
/// @param from empty where it does not say
record MailContent(String from, String subject, @Nullable String text, @Nullable String html) {
  private static final int MAX_DEPTH = 5;

  /// @throws IOException if this is no mail
  static MailContent read(byte[] bytes) throws IOException {
    try {
      MimeMessage mail =
          new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes));
      return new MailContent(
          from(mail.getFrom()),
          Objects.requireNonNullElse(mail.getSubject(), ""),
          find(mail, "text/plain", 0),
          find(mail, "text/html", 0));
    } catch (MessagingException bad) {
      throw new IOException(bad);
    }
  }

  private static String from(Address @Nullable [] from) {
    if (from == null || from.length == 0) {
      return "";
    }
    return from[0] instanceof InternetAddress address && address.getPersonal() != null
        ? address.getPersonal() + " <" + address.getAddress() + ">"
        : from[0].toString();
  }

  private static @Nullable String find(Part part, String type, int depth)
      throws MessagingException, IOException {
    if (part.isMimeType(type)) {
      return String.valueOf(part.getContent());
    }
    if (depth < MAX_DEPTH && part.getContent() instanceof Multipart parts) {
      for (int i = 0; i < parts.getCount(); i++) {
        BodyPart inner = parts.getBodyPart(i);
        String found = find(inner, type, depth + 1);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }
}
