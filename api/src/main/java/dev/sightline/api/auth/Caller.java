package dev.sightline.api.auth;

import java.util.Set;

/// Whoever makes a call, and what they may do.
///
/// @param name of the token or user; empty for an anonymous caller
/// @param kind how they proved it
public record Caller(String name, Kind kind, Set<Permission> permissions) {
  /// Someone who showed nothing.
  public static final Caller NOBODY = new Caller("", Kind.ANONYMOUS, Set.of());

  /// Anyone, where authentication is off.
  public static final Caller ANYONE = new Caller("", Kind.ANONYMOUS, Set.of(Permission.ADMIN));

  /// How a caller proved who they are.
  public enum Kind {
    ANONYMOUS,
    /// A header that no browser sends by itself.
    TOKEN,
    /// Name and password, which browsers repeat by themselves.
    USER
  }

  public Caller {
    permissions = Set.copyOf(permissions);
  }

  public boolean may(Permission needed) {
    return needed == Permission.NONE
        || permissions.contains(needed)
        || permissions.contains(Permission.ADMIN);
  }
}
