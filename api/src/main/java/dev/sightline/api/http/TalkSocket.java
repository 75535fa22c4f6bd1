package dev.sightline.api.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/// A WebSocket that is written to by one thread, and whose client is not listened to.
final class TalkSocket implements FrameHandler, Conversation.Socket {
  private static final long PATIENCE_SECONDS = 30;

  /// RFC 6455 leaves so much room for a reason, in UTF-8.
  private static final int REASON_BYTES = 123;

  private final Consumer<TalkSocket> begin;
  private volatile boolean isOver;
  private volatile @Nullable CoreSession session;

  /// @param begin called once the client has been answered
  TalkSocket(Consumer<TalkSocket> begin) {
    this.begin = begin;
  }

  @Override
  public void onOpen(CoreSession opened, Callback callback) {
    session = opened;
    callback.succeeded();
    opened.demand();
    begin.accept(this);
  }

  @Override
  public void onFrame(Frame frame, Callback callback) {
    switch (frame.getOpCode()) {
      case OpCode.PING -> {
        ByteBuffer payload = BufferUtil.copy(frame.getPayload());
        session().sendFrame(new Frame(OpCode.PONG).setPayload(payload), Callback.NOOP, false);
      }
      case OpCode.CLOSE -> isOver = true;
      default -> {}
    }
    callback.succeeded();
    if (!isOver) {
      session().demand();
    }
  }

  @Override
  public void onError(Throwable cause, Callback callback) {
    isOver = true;
    callback.succeeded();
  }

  @Override
  public void onClosed(CloseStatus status, Callback callback) {
    isOver = true;
    callback.succeeded();
  }

  private CoreSession session() {
    CoreSession opened = session;
    if (opened == null) {
      throw new IllegalStateException("BUG: a WebSocket is used before it is open");
    }
    return opened;
  }

  @Override
  public boolean isOpen() {
    return !isOver;
  }

  @Override
  public void send(String text) throws IOException {
    send(new Frame(OpCode.TEXT, text));
  }

  @Override
  public void ping() throws IOException {
    send(new Frame(OpCode.PING));
  }

  private void send(Frame frame) throws IOException {
    CompletableFuture<@Nullable Void> sent = new CompletableFuture<>();
    Callback done = Callback.from(() -> sent.complete(null), sent::completeExceptionally);
    session().sendFrame(frame, done, false);
    try {
      sent.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException gone) {
      throw new IOException("the client takes nothing any more", gone);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted");
    }
  }

  @Override
  public void close(int code, String reason) {
    if (!isOver) {
      isOver = true;
      session().close(code, cut(reason), Callback.NOOP);
    }
  }

  private static String cut(String reason) {
    String told = reason;
    while (told.getBytes(StandardCharsets.UTF_8).length > REASON_BYTES) {
      told = told.substring(0, told.length() - 1);
    }
    return told;
  }

  /// Ends the connection without a word.
  void abandon() {
    isOver = true;
    session().abort();
  }
}
