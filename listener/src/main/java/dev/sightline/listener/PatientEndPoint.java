package dev.sightline.listener;

import dev.sightline.model.time.Clock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// The socket of a client that can be let go: it is told that nothing more comes, and what it still
/// says is read and forgotten, so that it meets an end and never a reset.
public class PatientEndPoint extends SocketChannelEndPoint {
  private static final int READ_AHEAD_BYTES = 4 << 10;

  private final Clock clock;
  private final AtomicInteger allCalls;
  private final Object lock = new Object();

  // guarded by lock: all below
  private int calls;
  private long quietSinceNs;
  private long bytesAtEnd;
  private boolean served;
  private boolean framed;
  private boolean letGo;
  private long endedSinceNs;
  private @Nullable ByteBuffer readAhead;

  protected PatientEndPoint(Arrival arrival) {
    super(arrival.channel(), arrival.selector(), arrival.key(), arrival.scheduler());
    clock = arrival.clock();
    allCalls = arrival.calls();
    quietSinceNs = clock.monotonicNs();
  }

  /// The client's socket, below TLS where there is some.
  ///
  /// @param endPoint of a connection that came in by a [PatientConnector]
  public static PatientEndPoint below(EndPoint endPoint) {
    EndPoint socket = endPoint;
    while (socket instanceof EndPoint.Wrapper wrapper) {
      socket = wrapper.unwrap();
    }
    return (PatientEndPoint) socket;
  }

  /// What the client sends is HTTP/2: some of it is no request, such as the receipt for a setting,
  /// and may come long after the last answer.
  public void carriesFrames() {
    synchronized (lock) {
      framed = true;
    }
  }

  /// The headers of a request are complete.
  public void callBegins() {
    allCalls.incrementAndGet();
    synchronized (lock) {
      calls++;
      served = true;
      quietSinceNs = clock.monotonicNs();
    }
  }

  /// A call has been answered. Once for each that has begun.
  public void callEnds() {
    synchronized (lock) {
      calls--;
      quietSinceNs = clock.monotonicNs();
      bytesAtEnd = bytesIn();
    }
    allCalls.decrementAndGet();
  }

  /// Whether the client of an HTTP/1.1 call has ended its side, without waiting for it. What it has
  /// sent early is kept for the connection.
  ///
  /// Only while the one call of the connection is answered whose body was read to its end: nobody
  /// else reads then, so that the end would lie in the socket unseen.
  public boolean hasLeft() {
    ByteBuffer early;
    synchronized (lock) {
      early = readAhead == null ? BufferUtil.allocate(READ_AHEAD_BYTES) : readAhead;
      if (framed || BufferUtil.space(early) == 0) {
        return false;
      }
    }
    try {
      int filled = super.fill(early);
      synchronized (lock) {
        readAhead = early.hasRemaining() ? early : null;
      }
      return filled < 0;
    } catch (IOException _) {
      return true;
    }
  }

  private int takeReadAhead(ByteBuffer buffer) {
    synchronized (lock) {
      ByteBuffer early = readAhead;
      if (early == null) {
        return 0;
      }
      int position = BufferUtil.flipToFill(buffer);
      int taken = BufferUtil.put(early, buffer);
      BufferUtil.flipToFlush(buffer, position);
      readAhead = early.hasRemaining() ? early : null;
      return taken;
    }
  }

  private boolean hasReadAhead() {
    synchronized (lock) {
      return readAhead != null;
    }
  }

  @Override
  public void fillInterested(Callback callback) {
    if (hasReadAhead()) {
      Thread.ofVirtual().start(callback::succeeded);
    } else {
      super.fillInterested(callback);
    }
  }

  @Override
  public boolean tryFillInterested(Callback callback) {
    if (hasReadAhead()) {
      Thread.ofVirtual().start(callback::succeeded);
      return true;
    }
    return super.tryFillInterested(callback);
  }

  @Override
  public int fill(ByteBuffer buffer) throws IOException {
    int early = takeReadAhead(buffer);
    int filled = early == 0 ? super.fill(buffer) : early;
    if (filled <= 0) {
      return filled;
    }
    synchronized (lock) {
      if (!letGo) {
        quietSinceNs = clock.monotonicNs();
        return filled;
      }
    }
    BufferUtil.clear(buffer);
    return 0;
  }

  @Override
  protected void doShutdownOutput() {
    super.doShutdownOutput();
    synchronized (lock) {
      endedSinceNs = clock.monotonicNs() | 1;
    }
  }

  /// Ends the connection from our side if nothing is under way on it.
  ///
  /// @param sinceNs what was before does not count
  /// @param quietNs how long nothing must have come or gone on a connection that has carried calls
  /// @param newNs the same for one that has not, yet
  void letGoIfIdle(long sinceNs, long quietNs, long newNs) {
    Connection top = top();
    if (top == null) {
      return;
    }
    synchronized (lock) {
      long quietForNs = clock.monotonicNs() - Math.max(sinceNs, quietSinceNs);
      // Of frames it cannot be told; but their client was told which was the last one served.
      boolean halfSent = !framed && top.getBytesIn() > bytesAtEnd;
      if (letGo || calls > 0 || halfSent || quietForNs < (served ? quietNs : newNs)) {
        return;
      }
      letGo = true;
    }
    // Through TLS where there is some: it has an end of its own to send.
    top.getEndPoint().shutdownOutput();
  }

  /// Closes the connection if our side of it has ended this long ago.
  void closeIfEnded(long lingerNs) {
    boolean over;
    synchronized (lock) {
      over = endedSinceNs != 0 && clock.monotonicNs() - endedSinceNs > lingerNs;
    }
    if (over) {
      close();
    }
  }

  private long bytesIn() {
    Connection top = top();
    return top == null ? 0 : top.getBytesIn();
  }

  /// The connection that speaks HTTP; null before there is one.
  private @Nullable Connection top() {
    Connection connection = getConnection();
    return connection instanceof SslConnection tls
        ? tls.getSslEndPoint().getConnection()
        : connection;
  }
}
