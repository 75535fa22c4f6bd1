package dev.sightline.gateway;

import dev.sightline.model.time.Clock;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/// Takes clients' connections: strict about what a request is, exact about its bytes.
final class GatewayConnector extends ServerConnector {
  private final Clock clock;
  private final GatewayLimits limits;

  GatewayConnector(Server server, GatewayConfig config, Clock clock) {
    super(server, null, null, null, 1, -1, new HttpConnectionFactory(http(config.limits())));
    this.clock = clock;
    this.limits = config.limits();
    setHost(config.listenHost());
    setPort(config.port());
    setInheritChannel(config.inheritSocket());
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

  @Override
  protected SocketChannelEndPoint newEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key) {
    WatchedEndPoint endPoint =
        new WatchedEndPoint(channel, selector, key, getScheduler(), getExecutor(), clock);
    endPoint.setIdleTimeout(getIdleTimeout());
    return endPoint;
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
