package dev.sightline.api.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.server.WebSocketMappings;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens WebSockets, and ends all of them when the process ends.
final class Conversations implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Conversations.class);

  /// Of RFC 6455: this side goes away.
  private static final int GOING_AWAY = 1001;

  private static final String STOPPING = "the server is stopping";
  private static final int FAILED = 1011;
  private static final int NORMAL = 1000;

  /// A client answers a ping, so one that has been silent for so long has gone.
  private static final Duration SILENT = Duration.ofMinutes(1);

  /// What a client says is forgotten, and so it need not say much.
  private static final int MOST_HEARD_BYTES = 64 << 10;

  private final WebSocketMappings handshakes;
  private final Set<TalkSocket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closing;

  Conversations(Server server) {
    WebSocketComponents components = new WebSocketComponents();
    server.addBean(components);
    handshakes = new WebSocketMappings(components);
  }

  static boolean isAskedFor(Request request) {
    HttpFields headers = request.getHeaders();
    String upgrade = headers.get(HttpHeader.UPGRADE);
    return upgrade != null
        && upgrade.toLowerCase(Locale.ROOT).equals("websocket")
        && headers.contains(HttpHeader.CONNECTION, "upgrade")
        && request.getMethod().equals("GET")
        && request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1;
  }

  /// Takes the request over, whose answer it completes.
  ///
  /// @return false if the client's handshake is none; nothing has happened then
  boolean open(Conversation talk, Request request, Response response, Callback callback) {
    if (closing) {
      return false;
    }
    Configuration.ConfigurationCustomizer limits = new Configuration.ConfigurationCustomizer();
    limits.setIdleTimeout(SILENT);
    limits.setMaxTextMessageSize(MOST_HEARD_BYTES);
    limits.setMaxBinaryMessageSize(MOST_HEARD_BYTES);
    WebSocketNegotiator negotiator = (_, _, _) -> new TalkSocket(socket -> begin(talk, socket));
    return handshakes.upgrade(negotiator, request, response, callback, limits);
  }

  private void begin(Conversation talk, TalkSocket socket) {
    open.add(socket);
    if (closing) {
      socket.close(GOING_AWAY, STOPPING);
    }
    Thread.ofVirtual().name("conversation-", 0).start(() -> hold(talk, socket));
  }

  private void hold(Conversation talk, TalkSocket socket) {
    try {
      talk.hold(socket);
      socket.close(NORMAL, "");
    } catch (IOException gone) {
      LOG.debug("a client has left its conversation", gone);
      socket.abandon();
    } catch (InterruptedException _) {
      socket.close(GOING_AWAY, STOPPING);
    } catch (RuntimeException bug) {
      LOG.error("a conversation broke off", bug);
      socket.close(FAILED, "internal error; the server's log says more");
    } finally {
      open.remove(socket);
    }
  }

  /// Says good-bye to all clients.
  @Override
  public void close() {
    closing = true;
    open.forEach(socket -> socket.close(GOING_AWAY, STOPPING));
  }
}
