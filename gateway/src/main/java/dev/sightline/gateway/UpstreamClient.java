package dev.sightline.gateway;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.ContinueProtocolHandler;
import org.eclipse.jetty.client.EarlyHintsProtocolHandler;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.ProcessingProtocolHandler;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;

/// The HTTP client towards model servers: it adds nothing, decodes nothing, follows nothing and
/// never sends a request twice.
final class UpstreamClient {
  static final int MAX_RESPONSE_HEADER_BYTES = 64 << 10;

  /// Shorter than the five seconds after which common model servers end an idle connection.
  private static final Duration IDLE = Duration.ofSeconds(4);

  private static final int REQUEST_ID_BYTES = 256;

  private final HttpClient http;
  private final long silenceMs;

  /// Starts and stops with `server`, and uses its threads and buffers.
  UpstreamClient(Server server, GatewayLimits limits) {
    silenceMs = limits.silence().toMillis();
    http = new HttpClient(transport(limits));
    http.setName("gateway-upstream");
    http.setExecutor(server.getThreadPool());
    http.setScheduler(server.getScheduler());
    http.setByteBufferPool(server.getByteBufferPool());
    http.setFollowRedirects(false);
    http.setUserAgentField(null);
    http.setDefaultRequestContentType(null);
    http.setHttpCookieStore(new HttpCookieStore.Empty());
    http.setHttpCompliance(HttpCompliance.RFC7230);
    http.setConnectTimeout(limits.connectTime().toMillis());
    http.setIdleTimeout(IDLE.toMillis());
    http.setMaxConnectionsPerDestination(limits.connections());
    http.setMaxRequestsQueuedPerDestination(limits.connections());
    http.setMaxRequestHeadersSize(limits.headerBytes() + REQUEST_ID_BYTES);
    http.setMaxResponseHeadersSize(MAX_RESPONSE_HEADER_BYTES);
    http.addEventListener(
        new LifeCycle.Listener() {
          @Override
          public void lifeCycleStarted(LifeCycle event) {
            leaveResponsesAlone();
          }
        });
    server.addBean(http);
  }

  private static HttpClientTransportOverHTTP transport(GatewayLimits limits) {
    ClientConnector connector = new ClientConnector();
    connector.setTCPNoDelay(true);
    HttpClientTransportOverHTTP transport = new HttpClientTransportOverHTTP(connector);
    transport.setInvocationType(InvocationType.NON_BLOCKING);
    transport.setHeaderCacheCaseSensitive(true);
    transport.setConnectionPoolFactory(
        destination -> new ProbingConnectionPool(destination, limits.connections()));
    return transport;
  }

  /// Only interim answers are still handled by the client itself: they are not passed on.
  private void leaveResponsesAlone() {
    http.getContentDecoderFactories().clear();
    http.getProtocolHandlers().clear();
    List.of(
            new ContinueProtocolHandler(),
            new ProcessingProtocolHandler(),
            new EarlyHintsProtocolHandler())
        .forEach(http.getProtocolHandlers()::put);
  }

  Request newRequest(Target target, String method) {
    return http.newRequest(target.model().upstream())
        .method(method)
        .path(target.pathAndQuery())
        .idleTimeout(silenceMs, TimeUnit.MILLISECONDS);
  }
}
