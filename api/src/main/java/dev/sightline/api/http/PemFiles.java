package dev.sightline.api.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a certificate and its key from PEM files.
final class PemFiles {
  private static final String KEY_BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String KEY_END = "-----END PRIVATE KEY-----";
  private static final List<String> KEY_KINDS = List.of("EC", "RSA", "EdDSA");

  /// Of the key store, which lives in memory only.
  static final String PASSWORD = "in memory";

  private PemFiles() {}

  /// @throws IllegalArgumentException with a message for the user, if a file cannot be used
  static KeyStore keyStore(HttpConfig.Tls tls) {
    Collection<? extends Certificate> chain = certificates(tls.certificate());
    PrivateKey key = privateKey(tls.key());
    if (!isPair(chain.iterator().next(), key)) {
      throw unfit(tls, null);
    }
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("server", key, PASSWORD.toCharArray(), chain.toArray(Certificate[]::new));
      return store;
    } catch (GeneralSecurityException | IOException unfit) {
      throw unfit(tls, unfit);
    }
  }

  private static IllegalArgumentException unfit(HttpConfig.Tls tls, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "the key in " + tls.key() + " does not fit the certificate in " + tls.certificate(), cause);
  }

  /// Whether what the key signs is what the certificate vouches for. A key store takes any two.
  private static boolean isPair(Certificate certificate, PrivateKey key) {
    byte[] probe = {1, 2, 3, 4};
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(probe);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(probe);
      return signature.verify(signed);
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  private static Collection<? extends Certificate> certificates(Path file) {
    try {
      Collection<? extends Certificate> chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(read(file)));
      if (chain.isEmpty()) {
        throw new IllegalArgumentException("no certificate in " + file);
      }
      return chain;
    } catch (CertificateException broken) {
      throw new IllegalArgumentException("no readable certificate in " + file, broken);
    }
  }

  private static PrivateKey privateKey(Path file) {
    String text = new String(read(file), StandardCharsets.US_ASCII);
    int begin = text.indexOf(KEY_BEGIN);
    int end = text.indexOf(KEY_END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException(
          "no PKCS #8 key in "
              + file
              + ": expected "
              + KEY_BEGIN
              + " (openssl pkcs8 -topk8 -nocrypt converts other forms)");
    }
    byte[] der = Base64.getMimeDecoder().decode(text.substring(begin + KEY_BEGIN.length(), end));
    for (String kind : KEY_KINDS) {
      try {
        return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (InvalidKeySpecException _) {
        // Another kind of key: the file does not say which.
      } catch (GeneralSecurityException missing) {
        throw new IllegalStateException("BUG: every Java has " + kind, missing);
      }
    }
    throw new IllegalArgumentException("the key in " + file + " is neither EC, RSA nor EdDSA");
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException failure) {
      throw new IllegalArgumentException("cannot read " + file, failure);
    }
  }
}
