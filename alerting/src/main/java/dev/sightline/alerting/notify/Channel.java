package dev.sightline.alerting.notify;

/// One way to reach a receiver, such as a web hook or a mail server.
///
/// Safe for any number of threads; waits for the other side, but not longer than its time-outs.
public interface Channel extends AutoCloseable {
  /// `webhook` or `email`.
  String kind();

  /// Returns once the other side has taken the notification.
  ///
  /// @throws NotSentException if it did not, or nobody knows
  void send(Notification notification);

  /// Lets what is under way end, and takes nothing more.
  @Override
  default void close() {}
}
