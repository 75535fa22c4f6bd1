package dev.sightline.gateway.upstream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.DuplexConnectionPool;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;

/// Upstream connections, each looked at before it is used again: one that the server has closed
/// meanwhile is thrown away, because a request sent into it would be lost and must not be repeated.
public final class ProbingConnectionPool extends DuplexConnectionPool {
  ProbingConnectionPool(Destination destination, int maxConnections) {
    super(destination, maxConnections);
  }

  @Override
  protected @Nullable Connection activate() {
    Connection connection = super.activate();
    while (connection != null && !isAlive(connection)) {
      remove(connection);
      connection.close();
      connection = super.activate();
    }
    return connection;
  }

  /// Nothing is expected on an idle connection: neither its end nor a byte. An encrypted one may
  /// rightly hold bytes of its protocol, and is trusted until the selector reports its end.
  private static boolean isAlive(Connection connection) {
    if (!(connection instanceof org.eclipse.jetty.io.Connection socket)) {
      return true;
    }
    EndPoint endPoint = socket.getEndPoint();
    boolean encrypted = endPoint instanceof EndPoint.Wrapper;
    if (encrypted || !(endPoint.getTransport() instanceof SocketChannel channel)) {
      return true;
    }
    try {
      return channel.read(ByteBuffer.allocate(1)) == 0;
    } catch (IOException _) {
      return false;
    }
  }
}
