package dev.sightline.api.http;

import dev.sightline.api.auth.Authenticator;
import dev.sightline.listener.PatientConnector;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.time.Clock;
import dev.sightline.model.time.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.HTTP2Cipher;
import org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.WindowRateControl;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/// A port on which the faces are shown: HTTP/1.1 and HTTP/2, plain or through TLS.
public final class HttpListener implements AutoCloseable {
  private static final int HTTP2_EVENTS_PER_SECOND = 200;
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

  /// A stream is silent while its answer is worked out, so this is longer than any query may take.
  private static final long SILENT_STREAM_MS = 150_000;

  private final Server server;
  private final GuardedConnector connector;
  private final ConnectionGuard guard;
  private final Conversations conversations;

  private HttpListener(
      Server server,
      GuardedConnector connector,
      ConnectionGuard guard,
      Conversations conversations) {
    this.server = server;
    this.connector = connector;
    this.guard = guard;
    this.conversations = conversations;
  }

  /// Listens and serves from now on.
  ///
  /// @throws IllegalArgumentException with a message for the user, if the port is taken or the
  ///   files of TLS cannot be used
  public static HttpListener open(
      HttpConfig config, Faces faces, MeterRegistry registry, Clock clock, Scheduler scheduler) {
    // What may be refused comes before anything that runs and would have to be ended.
    ConnectionFactory[] protocols = protocols(config);
    Gatekeeper gatekeeper = new Gatekeeper(new Authenticator(config.auth(), clock), config);
    HttpMeters meters = new HttpMeters(registry);
    ConnectionGuard guard = new ConnectionGuard(config.limits(), clock, scheduler, meters);
    Server server = new Server(threads());
    GuardedConnector connector = new GuardedConnector(server, guard, clock, protocols);
    connector.setHost(config.listenHost());
    connector.setPort(config.listenPort());
    connector.setIdleTimeout(config.limits().idleTime().toMillis());
    connector.setAcceptQueueSize(config.limits().connections());
    server.addConnector(connector);
    Conversations conversations = new Conversations(server);
    Dispatcher dispatcher =
        new Dispatcher(config.limits(), faces, gatekeeper, conversations, meters, clock);
    server.setHandler(new Guarded(guard, dispatcher));
    server.setErrorHandler(new ProtocolErrors(meters));
    server.setStopTimeout(0);
    HttpListener listener = new HttpListener(server, connector, guard, conversations);
    listener.start(config);
    return listener;
  }

  /// The port that callers reach: the configured one, or the one that the system chose.
  public int port() {
    return connector.getLocalPort();
  }

  /// Takes no new connection, lets calls finish for some seconds and clients go, and ends.
  @Override
  public void close() {
    conversations.close();
    connector.end(CLOSE_WITHIN);
    guard.close();
    try {
      server.stop();
    } catch (Exception failure) {
      throw new IllegalStateException("the HTTP listener did not stop cleanly", failure);
    } finally {
      server.destroy();
    }
  }

  private void start(HttpConfig config) {
    try {
      server.start();
    } catch (Exception failure) {
      close();
      if (failure instanceof IOException) {
        throw new IllegalArgumentException(
            "cannot listen on "
                + config.listenHost()
                + ":"
                + config.listenPort()
                + ": "
                + reason(failure),
            failure);
      }
      throw new IllegalStateException("the HTTP listener did not start", failure);
    }
  }

  /// The outer message repeats the address, the inner one says what is wrong.
  private static @Nullable String reason(Exception failure) {
    Throwable cause = failure.getCause();
    return cause == null ? failure.getMessage() : cause.getMessage();
  }

  /// A few platform threads move bytes; each call has a virtual thread of its own.
  private static QueuedThreadPool threads() {
    QueuedThreadPool threads = new QueuedThreadPool(16, 4);
    threads.setName("http");
    threads.setDaemon(true);
    threads.setVirtualThreadsExecutor(
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-call-", 0).factory()));
    return threads;
  }

  private static ConnectionFactory[] protocols(HttpConfig config) {
    HttpConfiguration http = configuration(config.limits());
    HttpConfig.Tls tls = config.tls();
    if (tls == null) {
      return new ConnectionFactory[] {
        new HttpConnectionFactory(http), careful(new PriorKnowledge(http))
      };
    }
    http.addCustomizer(new SecureRequestCustomizer(false));
    SslContextFactory.Server context = new SslContextFactory.Server();
    context.setKeyStore(PemFiles.keyStore(tls));
    context.setKeyStorePassword(PemFiles.PASSWORD);
    context.setIncludeProtocols("TLSv1.2", "TLSv1.3");
    context.setCipherComparator(HTTP2Cipher.COMPARATOR);
    ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory("h2", "http/1.1");
    alpn.setDefaultProtocol("http/1.1");
    return new ConnectionFactory[] {
      new SslConnectionFactory(context, "alpn"),
      alpn,
      careful(new HTTP2ServerConnectionFactory(http)),
      new HttpConnectionFactory(http)
    };
  }

  /// The strictest reading of the protocol that real clients pass. Paths are decoded by
  /// [RequestPath], which is told everything and refuses what is ambiguous.
  private static HttpConfiguration configuration(HttpLimits limits) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setRequestHeaderSize(limits.headerBytes());
    http.setHttpCompliance(
        HttpCompliance.RFC9110.without(
            "sightline",
            HttpCompliance.Violation.LF_HEADER_TERMINATION,
            HttpCompliance.Violation.LF_CHUNK_TERMINATION));
    http.setUriCompliance(
        UriCompliance.DEFAULT.with(
            "sightline",
            UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
            UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR));
    return http;
  }

  private static ConnectionFactory careful(AbstractHTTP2ServerConnectionFactory http2) {
    http2.setMaxConcurrentStreams(100);
    http2.setRateControlFactory(new WindowRateControl.Factory(HTTP2_EVENTS_PER_SECOND));
    http2.setStreamIdleTimeout(SILENT_STREAM_MS);
    return http2;
  }

  /// HTTP/2 without TLS for clients that begin with it. The upgrade from HTTP/1.1 is left out: it
  /// hides requests from proxies in between, and HTTP/2's own specification has given it up.
  private static final class PriorKnowledge extends HTTP2CServerConnectionFactory {
    PriorKnowledge(HttpConfiguration http) {
      super(http);
    }

    @Override
    public @Nullable Connection upgradeConnection(
        Connector connector, EndPoint socket, MetaData.Request request, HttpFields.Mutable fields) {
      return request.getHttpVersion() == HttpVersion.HTTP_2
          ? super.upgradeConnection(connector, socket, request, fields)
          : null;
    }
  }

  /// Tells the guard about every connection.
  private static final class GuardedConnector extends PatientConnector {
    private final ConnectionGuard guard;

    GuardedConnector(
        Server server, ConnectionGuard guard, Clock clock, ConnectionFactory... protocols) {
      super(server, 1, clock, protocols);
      this.guard = guard;
    }

    @Override
    protected void onEndPointOpened(EndPoint socket) {
      super.onEndPointOpened(socket);
      guard.opened(socket);
    }

    @Override
    protected void onEndPointClosed(EndPoint socket) {
      guard.closed(socket);
      super.onEndPointClosed(socket);
    }
  }
}
