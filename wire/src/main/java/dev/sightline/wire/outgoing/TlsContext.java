package dev.sightline.wire.outgoing;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// What a caller trusts and shows when it connects by TLS.
public final class TlsContext {
  private static final char[] NO_PASSWORD = new char[0];

  private final TlsSettings tls;
  private final SSLContext context;

  /// @throws IOException if a file of certificates cannot be read
  public TlsContext(TlsSettings tls) throws IOException {
    this.tls = tls;
    try {
      context = SSLContext.getInstance("TLS");
      context.init(keys(tls), trust(tls), null);
    } catch (NoSuchFileException missing) {
      throw new IOException("tls_config names " + missing.getMessage() + ", which is missing");
    } catch (GeneralSecurityException bad) {
      throw new IOException("tls_config cannot be used: " + bad.getMessage(), bad);
    }
  }

  /// For libraries that shake hands themselves, and check the name of the other side.
  public SSLContext context() {
    return context;
  }

  /// Shakes hands over a connected socket.
  public Socket wrap(Socket plain, String host) throws IOException {
    SSLSocket socket = over(plain, host);
    socket.startHandshake();
    return socket;
  }

  /// A socket over a connected one, that is ready to shake hands and then checks the name of the
  /// other side.
  public SSLSocket over(Socket plain, String host) throws IOException {
    String name = tls.serverName() == null ? host : tls.serverName();
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(plain, name, plain.getPort(), true);
    SSLParameters parameters = socket.getSSLParameters();
    if (!tls.anyCertificate()) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    if (isName(name)) {
      parameters.setServerNames(List.of(new SNIHostName(name)));
    }
    socket.setSSLParameters(parameters);
    return socket;
  }

  private static boolean isName(String host) {
    return host.indexOf(':') < 0
        && !host.isEmpty()
        && !Character.isDigit(host.charAt(host.length() - 1));
  }

  private static TrustManager @Nullable [] trust(TlsSettings tls)
      throws IOException, GeneralSecurityException {
    if (tls.anyCertificate()) {
      return new TrustManager[] {new TrustEverybody()};
    }
    if (tls.authorities() == null) {
      return null;
    }
    KeyStore store = emptyStore();
    int number = 0;
    for (Certificate certificate : certificates(tls.authorities())) {
      store.setCertificateEntry("ca" + number++, certificate);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyManager @Nullable [] keys(TlsSettings tls)
      throws IOException, GeneralSecurityException {
    if (tls.certificate() == null || tls.key() == null) {
      return null;
    }
    KeyStore store = emptyStore();
    Certificate[] chain = certificates(tls.certificate()).toArray(Certificate[]::new);
    store.setKeyEntry("client", privateKey(tls.key(), chain), NO_PASSWORD, chain);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static PrivateKey privateKey(Path file, Certificate[] chain)
      throws IOException, GeneralSecurityException {
    String pem = Files.readString(file, StandardCharsets.US_ASCII);
    if (!pem.contains("-----BEGIN PRIVATE KEY-----")) {
      throw new IOException(file + " holds no PKCS#8 key (\"BEGIN PRIVATE KEY\")");
    }
    String base64 = pem.replaceAll("-----[A-Z ]+-----", "");
    byte[] key = Base64.getMimeDecoder().decode(base64);
    return KeyFactory.getInstance(chain[0].getPublicKey().getAlgorithm())
        .generatePrivate(new PKCS8EncodedKeySpec(key));
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (found.isEmpty()) {
        throw new IOException(file + " holds no certificate");
      }
      return found;
    }
  }

  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, NO_PASSWORD);
    return store;
  }

  /// For `insecure_skip_verify`: the user has said that any certificate will do.
  private static final class TrustEverybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
