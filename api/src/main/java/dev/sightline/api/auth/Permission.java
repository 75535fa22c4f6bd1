package dev.sightline.api.auth;

/// What a call needs to be allowed. What a token or user is given is a set of these.
public enum Permission {
  /// Nothing: anyone who reaches the port may call, even where authentication is on.
  NONE,
  /// To read, and never to change anything.
  QUERY,
  /// To send metrics, predictions and ground truth.
  WRITE,
  /// Everything.
  ADMIN
}
