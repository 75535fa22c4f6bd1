package dev.sightline.api.auth;

import dev.sightline.model.time.Clock;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Finds out who makes a call, from its `Authorization` header.
///
/// Safe for any number of threads; may block while a password is checked.
public final class Authenticator {
  /*
   * An unknown name costs the same time as a known one: it is checked against a hash that no
   * password fits. Failures count for the pair of name and address, and with more patience for the
   * address alone, so that guessing many names is slow too.
   */
  private static final int FREE_FAILURES_OF_NAME = 5;
  private static final int FREE_FAILURES_OF_ADDRESS = 20;
  private static final int MAX_HASHES_AT_ONCE = 2;
  private static final long MAX_WAIT_SECONDS = 5;

  private final AuthConfig config;
  private final Map<String, ApiToken> tokensByHash = new HashMap<>();
  private final Map<String, User> usersByName = new HashMap<>();
  private final PasswordCheck passwords = new PasswordCheck();
  private final Semaphore hashing = new Semaphore(MAX_HASHES_AT_ONCE, true);
  private final User stranger;
  private final LoginThrottle throttleOfName;
  private final LoginThrottle throttleOfAddress;

  public Authenticator(AuthConfig config, Clock clock) {
    this.config = config;
    this.stranger = stranger(config);
    this.throttleOfName = new LoginThrottle(clock, FREE_FAILURES_OF_NAME);
    this.throttleOfAddress = new LoginThrottle(clock, FREE_FAILURES_OF_ADDRESS);
    config.tokens().forEach(token -> tokensByHash.put(token.sha256(), token));
    config.users().forEach(user -> usersByName.put(user.name(), user));
  }

  public boolean isOff() {
    return config.isOff();
  }

  /// Whether people with a password exist: then browsers are asked for one.
  public boolean hasUsers() {
    return !config.users().isEmpty();
  }

  /// @param authorization the header, or null where there is none
  /// @param address of the caller's machine
  public Identity identify(@Nullable String authorization, String address) {
    if (config.isOff()) {
      return new Identity.Known(Caller.ANYONE);
    }
    if (authorization == null) {
      return new Identity.Known(Caller.NOBODY);
    }
    int space = authorization.indexOf(' ');
    String scheme = space < 0 ? authorization : authorization.substring(0, space);
    String credentials = space < 0 ? "" : authorization.substring(space + 1).strip();
    if (scheme.equalsIgnoreCase("Bearer")) {
      return byToken(credentials);
    }
    return scheme.equalsIgnoreCase("Basic")
        ? byPassword(credentials, address)
        : new Identity.Wrong();
  }

  private Identity byToken(String secret) {
    ApiToken token = tokensByHash.get(ApiToken.sha256(secret));
    return token == null
        ? new Identity.Wrong()
        : new Identity.Known(new Caller(token.name(), Caller.Kind.TOKEN, token.scopes()));
  }

  private Identity byPassword(String credentials, String address) {
    String pair = decode(credentials);
    int colon = pair.indexOf(':');
    if (colon < 0) {
      return new Identity.Wrong();
    }
    String name = pair.substring(0, colon);
    String password = pair.substring(colon + 1);
    User user = usersByName.get(name);
    if (user != null && passwords.isRemembered(user, password)) {
      return known(user);
    }
    String key = address + ' ' + name;
    long waitSeconds = waitSeconds(key, address);
    if (waitSeconds > 0) {
      return new Identity.Throttled(waitSeconds);
    }
    if (!acquire()) {
      return new Identity.Busy();
    }
    try {
      return hashed(user, password, key, address);
    } finally {
      hashing.release();
    }
  }

  /// Asks everything again that may have changed while this call waited for its turn.
  private Identity hashed(@Nullable User user, String password, String key, String address) {
    if (user != null && passwords.isRemembered(user, password)) {
      return known(user);
    }
    long waitSeconds = waitSeconds(key, address);
    if (waitSeconds > 0) {
      return new Identity.Throttled(waitSeconds);
    }
    boolean right = passwords.isRight(user == null ? stranger : user, password);
    if (right && user != null) {
      throttleOfName.succeeded(key);
      return known(user);
    }
    throttleOfName.failed(key);
    throttleOfAddress.failed(address);
    return new Identity.Wrong();
  }

  private long waitSeconds(String key, String address) {
    return Math.max(throttleOfName.waitSeconds(key), throttleOfAddress.waitSeconds(address));
  }

  private boolean acquire() {
    try {
      return hashing.tryAcquire(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Identity known(User user) {
    return new Identity.Known(new Caller(user.name(), Caller.Kind.USER, user.scopes()));
  }

  /// Someone whose password is never right, as costly to check as the first user's.
  private static User stranger(AuthConfig config) {
    String cost =
        config.users().isEmpty() ? "10" : config.users().getFirst().bcrypt().substring(4, 6);
    return new User("stranger", "$2b$" + cost + "$" + ".".repeat(53), Set.of());
  }

  /// @return without a colon where it is no Base64
  private static String decode(String credentials) {
    try {
      return new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return "";
    }
  }
}
