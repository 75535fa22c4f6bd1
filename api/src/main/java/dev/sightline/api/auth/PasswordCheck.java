package dev.sightline.api.auth;

import com.password4j.BcryptFunction;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Checks passwords against bcrypt hashes, and remembers which were right.
///
/// Safe for any number of threads.
final class PasswordCheck {
  /*
   * A browser repeats the password with every request, and one check costs a tenth of a second of
   * a processor. So what was found right is remembered, by a keyed hash whose parts bear their
   * length: no choice of name and password can be mistaken for another (CVE-2022-46146 was that).
   * Only right passwords are remembered, so guesses cannot fill the memory.
   */
  private static final int MAX_REMEMBERED = 1_000;

  private final SecretKeySpec key;
  // guarded by itself
  private final Map<String, Boolean> remembered = new LinkedHashMap<>(16, 0.75f, true);

  PasswordCheck() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    this.key = new SecretKeySpec(random, "HmacSHA256");
  }

  /// Whether this very password was found right before; costs no bcrypt.
  boolean isRemembered(User user, String password) {
    synchronized (remembered) {
      return remembered.get(fingerprint(user, password)) != null;
    }
  }

  /// Costs a bcrypt; the caller limits how many run at once.
  boolean isRight(User user, String password) {
    if (!BcryptFunction.getInstanceFromHash(user.bcrypt()).check(password, user.bcrypt())) {
      return false;
    }
    synchronized (remembered) {
      remembered.put(fingerprint(user, password), true);
      if (remembered.size() > MAX_REMEMBERED) {
        remembered.remove(remembered.keySet().iterator().next());
      }
    }
    return true;
  }

  private String fingerprint(User user, String password) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      for (String part : new String[] {user.name(), user.bcrypt(), password}) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        mac.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
        mac.update(bytes);
      }
      return HexFormat.of().formatHex(mac.doFinal());
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("BUG: every Java has HmacSHA256", missing);
    }
  }
}
