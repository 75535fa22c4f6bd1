package dev.sightline.alerting.notify.mail;

import dev.sightline.wire.outgoing.TlsContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;

/// Lays TLS over connections to one server, whose name is checked.
final class TlsSockets extends SSLSocketFactory {
  private final TlsContext tls;
  private final String host;

  /// @param host that the certificate must bear, unless the settings name another
  TlsSockets(TlsContext tls, String host) {
    this.tls = tls;
    this.host = host;
  }

  @Override
  public Socket createSocket(Socket plain, String ignored, int port, boolean closesPlain)
      throws IOException {
    return tls.over(plain, host);
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return tls.context().getDefaultSSLParameters().getCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return tls.context().getSupportedSSLParameters().getCipherSuites();
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException("BUG: connections are made elsewhere");
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
    throw new UnsupportedOperationException("BUG: connections are made elsewhere");
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException("BUG: connections are made elsewhere");
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
    throw new UnsupportedOperationException("BUG: connections are made elsewhere");
  }
}
