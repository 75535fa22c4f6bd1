package dev.sightline.gateway;

import dev.sightline.gateway.config.Entrance;
import dev.sightline.gateway.config.GatewayConfig;
import dev.sightline.gateway.config.GatewayLimits;
import dev.sightline.gateway.upstream.UpstreamClient;
import dev.sightline.gateway.upstream.WatchedEndPoint;
import dev.sightline.listener.Arrival;
import dev.sightline.listener.PatientConnector;
import dev.sightline.listener.PatientEndPoint;
import dev.sightline.model.time.Clock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;

/// Takes clients' connections: strict about what a request is, exact about its bytes.
final class GatewayConnector extends PatientConnector {
  private final GatewayLimits limits;

  GatewayConnector(Server server, GatewayConfig config, Clock clock) {
    super(server, -1, clock, new HttpConnectionFactory(http(config.limits())));
    this.limits = config.limits();
    switch (config.entrance()) {
      case Entrance.Port(String host, int port) -> {
        setHost(host);
        setPort(port);
      }
      case Entrance.Inherited() -> setInheritChannel(true);
    }
    setIdleTimeout(limits.keepAlive().toMillis());
    setAcceptedTcpNoDelay(true);
    setAcceptQueueSize(limits.connections());
  }

  private static HttpConfiguration http(GatewayLimits limits) {
    HttpConfiguration http = new HttpConfiguration();
    // Nothing ambiguous gets through, so that no two readers of a request can differ about where
    // it ends.
    http.setHttpCompliance(HttpCompliance.STRICT);
    http.setHeaderCacheCaseSensitive(true);
    // The path is passed on as it stands, so an encoded slash or percent sign in it is harmless.
    http.setUriCompliance(
        UriCompliance.DEFAULT.with(
            "gateway",
            UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
            UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING));
    http.setRequestHeaderSize(limits.headerBytes());
    http.setResponseHeaderSize(UpstreamClient.MAX_RESPONSE_HEADER_BYTES);
    http.setIdleTimeout(limits.clientIdle().toMillis());
    http.setSendServerVersion(false);
    http.setSendDateHeader(false);
    return http;
  }

  /// @throws IOException also where a socket was to be inherited and there is none: another port
  ///   than the one that clients know helps nobody
  @Override
  protected ServerSocketChannel openAcceptChannel() throws IOException {
    if (isInheritChannel() && !(System.inheritedChannel() instanceof ServerSocketChannel)) {
      throw new IOException("standard input is no listening socket");
    }
    return super.openAcceptChannel();
  }

  /// Where clients connect to; only once it is open.
  InetSocketAddress address() {
    ServerSocketChannel channel = (ServerSocketChannel) getTransport();
    return (InetSocketAddress) channel.socket().getLocalSocketAddress();
  }

  @Override
  protected PatientEndPoint newClient(Arrival arrival) {
    return new WatchedEndPoint(arrival, getExecutor());
  }

  /// Ends connections that dribble the headers of a request.
  void closeSlowHeaders() {
    long limitNs = limits.headerTime().toNanos();
    for (EndPoint endPoint : getConnectedEndPoints()) {
      if (endPoint instanceof WatchedEndPoint watched && watched.headersTakeLonger(limitNs)) {
        watched.close();
      }
    }
  }
}
