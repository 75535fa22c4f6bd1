package dev.sightline.api.auth;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Who may call. With no token and no user, anyone may.
public record AuthConfig(List<ApiToken> tokens, List<User> users) {
  public static final AuthConfig OFF = new AuthConfig(List.of(), List.of());

  /// @throws IllegalArgumentException with a message for the user, if a name comes twice
  public AuthConfig {
    tokens = List.copyOf(tokens);
    users = List.copyOf(users);
    Set<String> names = new HashSet<>();
    for (User user : users) {
      if (!names.add(user.name())) {
        throw new IllegalArgumentException("user \"" + user.name() + "\" is configured twice");
      }
    }
  }

  public boolean isOff() {
    return tokens.isEmpty() && users.isEmpty();
  }
}
