package dev.sightline.alerting.notify.mail;

import dev.sightline.alerting.notify.NotSentException;
import dev.sightline.alerting.notify.NotSentException.Hope;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.InternetAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/// What failures of SMTP mean: answers from 500 are for good, those from 400 pass.
final class SmtpFailures {
  private static final int LONGEST_ANSWER = 200;

  private SmtpFailures() {}

  /// @param code that the server answered; below 400 if it said nothing that has a meaning here
  static NotSentException answered(String what, int code, @Nullable String said) {
    Hope hope = code >= 500 ? Hope.NONE : Hope.LATER;
    String answer = said == null || said.isBlank() ? "no answer" : Plain.line(said, LONGEST_ANSWER);
    return new NotSentException(hope, what + ": " + answer);
  }

  /// @param begun whether the server may have the content
  /// @param lastCode what the server answered last
  static NotSentException of(MessagingException failure, boolean begun, int lastCode) {
    List<SMTPAddressFailedException> refused = refused(failure);
    if (!refused.isEmpty()) {
      return ofRecipients(refused);
    }
    return switch (failure) {
      case SMTPSendFailedException said when said.getReturnCode() >= 400 ->
          answered("the mail was refused", said.getReturnCode(), said.getMessage());
      case SMTPSenderFailedException said when said.getReturnCode() >= 400 ->
          answered("the sender was refused", said.getReturnCode(), said.getMessage());
      default -> broken(failure, begun, lastCode);
    };
  }

  private static NotSentException broken(MessagingException failure, boolean begun, int lastCode) {
    Throwable cause = failure.getNextException() == null ? failure : failure.getNextException();
    String reason =
        cause instanceof SocketTimeoutException
            ? "the server did not answer in time"
            : Plain.line(String.valueOf(cause.getMessage()), LONGEST_ANSWER);
    if (begun) {
      return new NotSentException(Hope.UNKNOWN, "the connection broke off: " + reason);
    }
    String what = cause instanceof SSLException ? "TLS: " : "";
    return new NotSentException(lastCode >= 500 ? Hope.NONE : Hope.LATER, what + reason);
  }

  private static NotSentException ofRecipients(List<SMTPAddressFailedException> refused) {
    SMTPAddressFailedException first = refused.getFirst();
    boolean passes = refused.stream().anyMatch(each -> passes(each));
    String more = refused.size() == 1 ? "" : " and " + (refused.size() - 1) + " more";
    String said = Plain.line(String.valueOf(first.getMessage()), LONGEST_ANSWER);
    return new NotSentException(
        passes ? Hope.LATER : Hope.NONE,
        "recipients refused: " + first.getAddress().getAddress() + more + ": " + said);
  }

  private static boolean passes(SMTPAddressFailedException refusal) {
    return refusal.getReturnCode() >= 400 && refusal.getReturnCode() < 500;
  }

  /// Which of the recipients were refused, and why.
  private static List<SMTPAddressFailedException> refused(MessagingException failure) {
    List<SMTPAddressFailedException> refused = new ArrayList<>();
    if (failure instanceof SMTPAddressFailedException alone) {
      refused.add(alone);
    }
    Exception next = failure.getNextException();
    while (next instanceof MessagingException chained) {
      if (chained instanceof SMTPAddressFailedException one) {
        refused.add(one);
      }
      next = chained.getNextException();
    }
    return refused;
  }

  /// The recipients for whom the server has taken the mail although others were refused.
  static List<String> reached(MessagingException failure) {
    Address[] sent =
        failure instanceof SendFailedException partly ? partly.getValidSentAddresses() : null;
    return sent == null
        ? List.of()
        : Stream.of(sent).map(each -> ((InternetAddress) each).getAddress()).toList();
  }
}
