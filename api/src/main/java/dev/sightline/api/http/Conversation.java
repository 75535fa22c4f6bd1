package dev.sightline.api.http;

import java.io.IOException;

/// What is said on a WebSocket that a call has opened. Plain blocking code, on a virtual thread of
/// its own; the socket is closed when it returns.
@FunctionalInterface
public interface Conversation {
  /// @throws IOException if the client has gone
  void hold(Socket socket) throws IOException, InterruptedException;

  /// The side of a WebSocket that we write to. What the client says is read and forgotten.
  ///
  /// Owned by the thread that holds the conversation.
  interface Socket {
    /// A message as text, or by its codes of RFC 6455. Returns when it has been handed to the
    /// system, which may take as long as the client is slow.
    ///
    /// @throws IOException if the client has gone, or takes nothing for half a minute
    void send(String text) throws IOException;

    /// Asks the client for a sign of life.
    void ping() throws IOException;

    /// Whether neither side has ended the conversation.
    boolean isOpen();

    /// Ends it: nothing can be sent any more.
    ///
    /// @param code of RFC 6455, such as 1011
    void close(int code, String reason);
  }
}
