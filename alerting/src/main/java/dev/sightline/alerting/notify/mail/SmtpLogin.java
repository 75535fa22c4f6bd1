package dev.sightline.alerting.notify.mail;

import dev.sightline.alerting.notify.NotSentException;
import dev.sightline.alerting.notify.NotSentException.Hope;
import dev.sightline.wire.outgoing.Authorization.Source;
import dev.sightline.wire.outgoing.AuthorizationHeader;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/// Logs in by the first way that the server offers and the configuration has a secret for, as
/// Alertmanager does.
///
/// A password goes over an open line only to this machine itself.
final class SmtpLogin {
  private static final int GOES_ON = 334;
  private static final int DONE = 235;

  private final MailLogin login;
  private final SMTPTransport transport;
  private final boolean mayBeOpen;

  /// @param mayBeOpen whether passwords may go over a line without TLS
  SmtpLogin(MailLogin login, SMTPTransport transport, boolean mayBeOpen) {
    this.login = login;
    this.transport = transport;
    this.mayBeOpen = mayBeOpen;
  }

  /// @throws NotSentException if there is no way in
  /// @throws MessagingException if the connection breaks
  void run() throws MessagingException {
    String offered = transport.getExtensionParameter("AUTH");
    if (offered == null) {
      throw new NotSentException(
          Hope.LATER, "auth_username is set, but the server offers no way to log in");
    }
    for (String way : List.of(offered.toUpperCase(Locale.ROOT).split("\\s+"))) {
      switch (way) {
        case "CRAM-MD5" -> {
          if (login.secret() != null) {
            byDigest(login.secret());
            return;
          }
        }
        case "PLAIN", "LOGIN" -> {
          if (login.password() != null) {
            byPassword(way, login.password());
            return;
          }
        }
        default -> {}
      }
    }
    throw new NotSentException(
        Hope.NONE,
        "the server offers to log in by "
            + Plain.line(offered, 100)
            + "; auth_password serves PLAIN and LOGIN, auth_secret CRAM-MD5");
  }

  private void byPassword(String way, Source password) throws MessagingException {
    if (!transport.isSSL() && !mayBeOpen) {
      throw new NotSentException(
          Hope.NONE, "a password is not sent without TLS to another machine; set require_tls");
    }
    if (way.equals("PLAIN")) {
      expect(
          DONE,
          "AUTH PLAIN " + base64(login.identity() + "\0" + login.user() + "\0" + reveal(password)));
    } else {
      expect(GOES_ON, "AUTH LOGIN");
      expect(GOES_ON, base64(login.user()));
      expect(DONE, base64(reveal(password)));
    }
  }

  private void byDigest(Source secret) throws MessagingException {
    String answer = expect(GOES_ON, "AUTH CRAM-MD5");
    try {
      byte[] challenge = Base64.getDecoder().decode(answer.substring(3).strip());
      Mac mac = Mac.getInstance("HmacMD5");
      mac.init(new SecretKeySpec(reveal(secret).getBytes(StandardCharsets.UTF_8), "HmacMD5"));
      String digest = HexFormat.of().formatHex(mac.doFinal(challenge));
      expect(DONE, base64(login.user() + " " + digest));
    } catch (IllegalArgumentException | GeneralSecurityException bad) {
      throw new NotSentException(Hope.LATER, "CRAM-MD5: " + bad.getMessage());
    }
  }

  private String expect(int code, String command) throws MessagingException {
    int answered = transport.simpleCommand(command);
    String said = transport.getLastServerResponse();
    if (answered != code) {
      throw SmtpFailures.answered("the login was refused", answered, said);
    }
    return said;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String reveal(@Nullable Source source) {
    try {
      return source == null ? "" : AuthorizationHeader.reveal(source);
    } catch (IOException unreadable) {
      throw new NotSentException(Hope.LATER, String.valueOf(unreadable.getMessage()));
    }
  }
}
