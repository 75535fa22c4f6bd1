package dev.sightline.api.auth;

/// What became of the credentials of a call.
public sealed interface Identity {
  record Known(Caller caller) implements Identity {}

  /// The credentials are wrong or malformed; which of them is not told.
  record Wrong() implements Identity {}

  /// Too many wrong passwords came before.
  record Throttled(long retryAfterSeconds) implements Identity {}

  /// More passwords wait to be checked than can be.
  record Busy() implements Identity {}
}
