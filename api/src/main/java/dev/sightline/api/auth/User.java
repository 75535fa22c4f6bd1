package dev.sightline.api.auth;

import java.util.Set;

/// A person who signs in with a password, known here by its bcrypt hash only.
///
/// @param bcrypt as in Prometheus's `basic_auth_users`: `$2b$…`, `$2a$…` or `$2y$…`
public record User(String name, String bcrypt, Set<Permission> scopes) {
  private static final int MAX_COST = 15;

  /// @throws IllegalArgumentException with a message for the user, if the hash is none
  public User {
    if (name.isEmpty() || name.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "user \"" + name + "\": a name must not be empty or contain a colon");
    }
    if (!bcrypt.matches("\\$2[aby]\\$\\d\\d\\$[./A-Za-z0-9]{53}")) {
      throw new IllegalArgumentException(
          "user \"" + name + "\": password must be a bcrypt hash such as $2b$10$…");
    }
    int cost = Integer.parseInt(bcrypt, 4, 6, 10);
    if (cost < 4 || cost > MAX_COST) {
      throw new IllegalArgumentException(
          "user \"" + name + "\": bcrypt cost " + cost + " must be from 4 to " + MAX_COST);
    }
    scopes = Set.copyOf(scopes);
  }

  /// Without the hash, so that no log shows it.
  @Override
  public String toString() {
    return "User[" + name + ", " + scopes + "]";
  }
}
