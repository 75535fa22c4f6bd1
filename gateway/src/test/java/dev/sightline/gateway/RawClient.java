package dev.sightline.gateway;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A client that writes exactly the bytes a test gives it.
final class RawClient implements AutoCloseable {
  private final Socket socket = new Socket();
  private final InputStream in;

  RawClient(int port) throws IOException {
    this(port, 0);
  }

  /// @param receiveBufferBytes 0 for the system's own choice
  RawClient(int port, int receiveBufferBytes) throws IOException {
    if (receiveBufferBytes > 0) {
      socket.setReceiveBufferSize(receiveBufferBytes);
    }
    socket.connect(new InetSocketAddress("127.0.0.1", port));
    socket.setSoTimeout(20_000);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  RawClient send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /// @return null if the connection ends before a response
  @Nullable HttpMessage tryReceive() throws IOException {
    return HttpMessage.read(in);
  }

  HttpMessage receive() throws IOException {
    HttpMessage response = tryReceive();
    if (response == null) {
      throw new AssertionError("the connection ended without a response");
    }
    return response;
  }

  HttpMessage post(String path, String body) throws IOException {
    return send("POST "
            + path
            + " HTTP/1.1\r\nHost: model\r\nContent-Type: application/json\r\n"
            + "Content-Length: "
            + body.length()
            + "\r\n\r\n"
            + body)
        .receive();
  }

  HttpMessage get(String path) throws IOException {
    return send("GET " + path + " HTTP/1.1\r\nHost: model\r\n\r\n").receive();
  }

  /// Whether the other side has ended the connection.
  boolean isEnded() throws IOException {
    return in.read() < 0;
  }

  /// @param reset whether the other side sees a reset, and not an end
  void leave(boolean reset) throws IOException {
    socket.setSoLinger(reset, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
