package dev.sightline.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/// A connection on which a test decides about every byte.
public final class RawConnection implements AutoCloseable {
  private static final int PATIENCE_MS = 10_000;

  private final Socket socket;

  public RawConnection(int port) {
    try {
      socket = new Socket("127.0.0.1", port);
      socket.setSoTimeout(PATIENCE_MS);
      socket.setTcpNoDelay(true);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// Sends one byte for each character.
  public void send(String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// @return what comes until the other side closes
  public String readToEnd() {
    StringBuilder all = new StringBuilder();
    try {
      InputStream in = socket.getInputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        all.append((char) next);
      }
    } catch (SocketException _) {
      // A reset is an end too.
    } catch (IOException failure) {
      throw new UncheckedIOException("after " + all, failure);
    }
    return all.toString();
  }

  /// @return what comes, up to and with `end`
  public String readUntil(String end) {
    StringBuilder all = new StringBuilder();
    try {
      while (all.indexOf(end) < 0) {
        int next = socket.getInputStream().read();
        if (next < 0) {
          return all.toString();
        }
        all.append((char) next);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("after " + all, failure);
    }
    return all.toString();
  }

  public static String exchange(int port, String request) {
    try (RawConnection connection = new RawConnection(port)) {
      connection.send(request);
      return connection.readToEnd();
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
