package dev.sightline.gateway.upstream;

import dev.sightline.gateway.capture.CallRecord;
import dev.sightline.gateway.config.GatewayLimits;
import dev.sightline.gateway.config.HealthCheck;
import dev.sightline.gateway.config.Upstream;
import dev.sightline.gateway.route.Target;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.ContinueProtocolHandler;
import org.eclipse.jetty.client.EarlyHintsProtocolHandler;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.ProcessingProtocolHandler;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// The HTTP client towards model servers: it adds nothing, decodes nothing, follows nothing and
/// never sends a request twice.
public final class UpstreamClient {
  public static final int MAX_RESPONSE_HEADER_BYTES = 64 << 10;

  /// Shorter than the five seconds after which common model servers end an idle connection.
  private static final Duration IDLE = Duration.ofSeconds(4);

  private static final int REQUEST_ID_BYTES = 256;
  private static final int MAX_THREADS_BESIDE = 8;

  private final HttpClient http;
  private final long silenceMs;

  /// The client of the calls themselves: it has the server's threads.
  public static UpstreamClient ofCalls(Server server, GatewayLimits limits) {
    return new UpstreamClient(server, server.getThreadPool(), limits);
  }

  /// A client for what goes on beside the calls: whatever it waits for, it takes no thread of
  /// theirs.
  public static UpstreamClient beside(Server server, GatewayLimits limits) {
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS_BESIDE, 1);
    threads.setName("gateway-beside");
    threads.setDaemon(true);
    return new UpstreamClient(server, threads, limits);
  }

  /// Starts and stops with `server`, and uses its buffers.
  private UpstreamClient(Server server, Executor threads, GatewayLimits limits) {
    silenceMs = limits.silence().toMillis();
    http = new HttpClient(transport(limits));
    http.setName("gateway-upstream");
    http.setExecutor(threads);
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

  public Request newRequest(Member to, Target target, String method) {
    Upstream upstream = to.upstream();
    return http.newRequest(upstream.uri())
        .method(method)
        .path(upstream.prefix() + target.pathAndQuery())
        .idleTimeout(silenceMs, TimeUnit.MILLISECONDS);
  }

  /// Sends a copy of a call to another server. Does not wait.
  ///
  /// @param body as the client sent it
  /// @param listener told of the end, always
  public void copy(
      Member to, CallRecord call, byte[] body, Duration timeout, Response.Listener listener) {
    newRequest(to, call.target(), call.method())
        .headers(
            into -> into.add(call.requestHeaders()).add(ForwardedHeaders.REQUEST_ID, call.id()))
        .body(new BytesRequestContent(call.requestHeaders().get(HttpHeader.CONTENT_TYPE), body))
        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .send(listener);
  }

  /// Finds out whether a server takes calls, and tells it the member. Does not wait.
  void check(Member member, HealthCheck health) {
    boolean started = http.isStarted(); // the first checks may come before it is
    if (!started || !member.checkBegins()) {
      return;
    }
    http.newRequest(member.upstream().uri())
        .path(member.upstream().prefix() + health.path())
        .timeout(health.timeout().toMillis(), TimeUnit.MILLISECONDS)
        .send(
            result -> {
              int status = result.getResponse() == null ? 0 : result.getResponse().getStatus();
              member.checkEnds(result.isSucceeded() && status >= 200 && status < 400);
            });
  }
}
