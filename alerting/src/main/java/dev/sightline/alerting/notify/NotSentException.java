package dev.sightline.alerting.notify;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A notification that did not arrive, or of which nobody knows, and why, in the user's words.
public final class NotSentException extends RuntimeException {
  /// What another attempt could do.
  public enum Hope {
    /// The other side will not take this, however often it is asked.
    NONE,
    /// It did not take it now.
    LATER,
    /// It may have taken it; nobody knows.
    UNKNOWN
  }

  private final Hope hope;
  private final @Nullable Duration notBefore;

  public NotSentException(Hope hope, String message) {
    this(hope, message, null);
  }

  /// @param notBefore how long the other side asks to be left alone
  public NotSentException(Hope hope, String message, @Nullable Duration notBefore) {
    super(message);
    this.hope = hope;
    this.notBefore = notBefore;
  }

  public Hope hope() {
    return hope;
  }

  public @Nullable Duration notBefore() {
    return notBefore;
  }

  public String reason() {
    return String.valueOf(getMessage());
  }
}
