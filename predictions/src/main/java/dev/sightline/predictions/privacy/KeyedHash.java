package dev.sightline.predictions.privacy;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Half of an HMAC-SHA256, as text: enough that two values never meet, and short enough to look at.
///
/// Safe for any number of threads.
public final class KeyedHash {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEPT_BYTES = 16;
  private static final int SHORTEST_KEY = 16;

  private final SecretKeySpec key;

  /// @param key of at least 16 characters
  public KeyedHash(String key) {
    if (key.length() < SHORTEST_KEY) {
      throw new IllegalArgumentException(
          "the key of hashes must have at least " + SHORTEST_KEY + " characters");
    }
    this.key = new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }

  public String of(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      byte[] hash = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, KEPT_BYTES);
    } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
      throw new IllegalStateException("BUG: every Java has " + ALGORITHM, impossible);
    }
  }
}
