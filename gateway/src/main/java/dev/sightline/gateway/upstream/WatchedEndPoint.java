package dev.sightline.gateway.upstream;

import dev.sightline.listener.Arrival;
import dev.sightline.listener.PatientEndPoint;
import dev.sightline.model.time.Clock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadPendingException;
import java.util.concurrent.Executor;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// The socket of a client that is watched while its call is answered, so that leaving is noticed at
/// once and not at the next write.
public final class WatchedEndPoint extends PatientEndPoint {
  /*
   * An HTTP/1.1 connection reads nothing between the end of a request and the end of its response;
   * the end of the stream would lie in the socket unread. So while a call is watched, this class
   * itself asks the selector for readability:
   * 1. Readable and at the end: the client has left.
   * 2. Readable with bytes: the next request, sent early. They are kept and given to the connection
   *    at its next fill; from then on this client can no longer be watched.
   * 3. The connection asks for readability while this class's own question stands: the selector
   *    knows only one question, so the connection's is kept and answered by the same event.
   * A client that shuts down only its sending side counts as one that has left: the two look the
   * same, and the second is by far the more frequent.
   */
  private static final int READ_AHEAD_BYTES = 4 << 10;

  private final Executor executor;
  private final Clock clock;
  private final Question question = new Question();

  // guarded by question: the four fields below
  private boolean asked;
  private @Nullable Callback waiting;
  private @Nullable Runnable onGone;
  private @Nullable ByteBuffer readAhead;

  private volatile boolean inCall;
  private volatile long headerStartNs;

  public WatchedEndPoint(Arrival arrival, Executor executor) {
    super(arrival);
    this.executor = executor;
    this.clock = arrival.clock();
  }

  /// Runs `onGone` when the client leaves, at most once, until [#unwatch].
  public void watch(Runnable onGone) {
    synchronized (question) {
      this.onGone = onGone;
      if (asked || readAhead != null) {
        return;
      }
      asked = true;
    }
    ask();
  }

  void unwatch() {
    synchronized (question) {
      onGone = null;
    }
  }

  /// The headers of a request are complete; what comes until [#callEnds] is its body.
  @Override
  public void callBegins() {
    super.callBegins();
    inCall = true;
    headerStartNs = 0;
  }

  @Override
  public void callEnds() {
    unwatch();
    inCall = false;
    super.callEnds();
  }

  /// Whether a request's headers began more than `limitNs` ago and are still incomplete.
  public boolean headersTakeLonger(long limitNs) {
    long startNs = headerStartNs;
    return startNs != 0 && !inCall && clock.monotonicNs() - startNs > limitNs;
  }

  @Override
  public int fill(ByteBuffer buffer) throws IOException {
    int filled;
    synchronized (question) {
      filled = readAhead == null ? super.fill(buffer) : takeReadAhead(buffer);
    }
    if (filled > 0 && !inCall && headerStartNs == 0) {
      headerStartNs = clock.monotonicNs() | 1;
    }
    return filled;
  }

  @Override
  public void fillInterested(Callback callback) {
    if (!tryFillInterested(callback)) {
      throw new ReadPendingException();
    }
  }

  @Override
  public boolean tryFillInterested(Callback callback) {
    synchronized (question) {
      if (readAhead != null) {
        executor.execute(callback::succeeded);
        return true;
      }
      if (asked) {
        if (waiting != null) {
          return false;
        }
        waiting = callback;
        return true;
      }
    }
    return super.tryFillInterested(callback);
  }

  @Override
  public boolean isFillInterested() {
    synchronized (question) {
      return asked ? waiting != null : super.isFillInterested();
    }
  }

  private void ask() {
    if (!super.tryFillInterested(question)) {
      synchronized (question) {
        asked = false;
      }
    }
  }

  private int takeReadAhead(ByteBuffer buffer) {
    ByteBuffer bytes = readAhead;
    if (bytes == null) {
      return 0;
    }
    int position = BufferUtil.flipToFill(buffer);
    int taken = BufferUtil.put(bytes, buffer);
    BufferUtil.flipToFlush(buffer, position);
    if (!bytes.hasRemaining()) {
      readAhead = null;
    }
    return taken;
  }

  /// @return whether the client has left
  private boolean look() throws IOException {
    ByteBuffer bytes = BufferUtil.allocate(READ_AHEAD_BYTES);
    int filled = super.fill(bytes);
    if (filled > 0) {
      readAhead = bytes;
    }
    return filled < 0;
  }

  /// What is asked of the selector on behalf of the watch.
  private final class Question implements Callback {
    @Override
    public void succeeded() {
      Callback next;
      Runnable gone = null;
      boolean again = false;
      synchronized (this) {
        asked = false;
        next = waiting;
        waiting = null;
        if (next == null && onGone != null) {
          try {
            gone = look() ? onGone : null;
          } catch (IOException _) {
            gone = onGone;
          }
          again = gone == null && readAhead == null;
          asked = again;
        }
      }
      if (next != null) {
        next.succeeded();
      } else if (gone != null) {
        gone.run();
      } else if (again) {
        ask();
      }
    }

    @Override
    public void failed(Throwable cause) {
      Callback next;
      Runnable gone;
      synchronized (this) {
        asked = false;
        next = waiting;
        waiting = null;
        gone = onGone;
      }
      if (next != null) {
        next.failed(cause);
      } else if (gone != null) {
        gone.run();
      }
    }

    @Override
    public InvocationType getInvocationType() {
      synchronized (this) {
        return waiting == null ? InvocationType.NON_BLOCKING : waiting.getInvocationType();
      }
    }
  }
}
