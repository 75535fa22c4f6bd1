package dev.sightline.listener;

import dev.sightline.model.time.Clock;
import java.io.IOException;
import java.net.Socket;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.Graceful;

/// A port that is listened on, and that at the end lets its clients go without cutting off a call.
public class PatientConnector extends ServerConnector {
  /*
   * How it ends. After each step nothing new can come to the one before.
   *
   * 1. Every answer from now on says that it is the last of its connection (HTTP/2: GOAWAY).
   * 2. The kernel passes over newcomers; those whose connection is made are taken in.
   * 3. The port is closed: there is nobody in front of it who could be reset.
   * 4. A connection on which nothing has happened for a moment is told that nothing more comes. What
   *    its client says from then on is read and forgotten: it meets an end where a closed socket
   *    would have reset it, and repeats its request elsewhere, as the protocol has it do.
   * 5. When the clients have closed their side too, or have not for a while, that is all.
   *
   * A socket that was handed to this process by another stays open there, and who waits before it
   * is taken in by the next process: steps 2 and 3 are left out then.
   */

  /// A busy client is told by an answer, which is better than being told by an end.
  private static final Duration QUIET = Duration.ofMillis(250);

  /// A client that has just been taken in may have its request still on the way.
  private static final Duration QUIET_NEW = Duration.ofMillis(750);

  private static final Duration LINGER = Duration.ofMillis(750);
  private static final Duration DOOR_SHUT_WITHIN = Duration.ofMillis(500);

  /// How long nobody must have come where the kernel does not say who waits.
  private static final Duration NOBODY_FOR = Duration.ofMillis(10);

  private static final long LOOK_AGAIN_MS = 5;

  private final Clock clock;
  private final AtomicInteger calls = new AtomicInteger();
  private final Object lock = new Object();

  private volatile boolean ending;
  private volatile boolean shared;

  // guarded by lock: all below
  private int comingIn;
  private long lastCameNs;
  private boolean takesNobody;

  protected PatientConnector(
      Server server, int selectors, Clock clock, ConnectionFactory... protocols) {
    super(server, null, null, null, 1, selectors, protocols);
    this.clock = clock;
  }

  /// Lets all clients go, and closes the port.
  ///
  /// @param limit for calls in flight; returns then at the latest, and about a second and a half
  ///   later where there is none but clients that keep their connections
  public final void end(Duration limit) {
    long startNs = clock.monotonicNs();
    ending = true;
    if (!isStarted()) {
      close();
      return;
    }
    for (Graceful protocol : getContainedBeans(Graceful.class)) {
      var _ = protocol.shutdown();
    }
    setAccepting(true);
    if (!shared) {
      shutDoor();
    }
    close();
    awaitUntil(startNs, DOOR_SHUT_WITHIN, this::isEverybodyIn);
    awaitUntil(startNs, limit, () -> isEverybodyGone(startNs));
  }

  /// Also while it ends: answers look here for whether they are the last.
  @Override
  public final boolean isShutdown() {
    return ending || super.isShutdown();
  }

  private void shutDoor() {
    long startNs = clock.monotonicNs();
    Backlog backlog = new Backlog(Path.of("/proc/self"), getLocalPort());
    int descriptor = backlog.descriptor();
    if (descriptor >= 0) {
      NoNewcomers.at(descriptor);
    }
    awaitUntil(
        startNs,
        DOOR_SHUT_WITHIN,
        () ->
            switch (backlog.state()) {
              case EMPTY -> true;
              case FILLED -> false;
              case UNKNOWN -> nobodyCame(NOBODY_FOR);
            });
  }

  private boolean nobodyCame(Duration lately) {
    synchronized (lock) {
      return clock.monotonicNs() - lastCameNs > lately.toNanos();
    }
  }

  private boolean isEverybodyIn() {
    synchronized (lock) {
      return takesNobody && comingIn <= 0;
    }
  }

  private boolean isEverybodyGone(long startNs) {
    boolean gone = calls.get() == 0;
    for (EndPoint endPoint : getConnectedEndPoints()) {
      gone = false;
      if (endPoint instanceof PatientEndPoint client) {
        client.letGoIfIdle(startNs, QUIET.toNanos(), QUIET_NEW.toNanos());
        client.closeIfEnded(LINGER.toNanos());
      }
    }
    return gone;
  }

  private interface Condition {
    boolean holds();
  }

  private void awaitUntil(long startNs, Duration limit, Condition condition) {
    try {
      while (!condition.holds() && clock.monotonicNs() - startNs < limit.toNanos()) {
        synchronized (lock) {
          lock.wait(LOOK_AGAIN_MS);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  protected ServerSocketChannel openAcceptChannel() throws IOException {
    ServerSocketChannel channel = super.openAcceptChannel();
    Channel inherited = isInheritChannel() ? System.inheritedChannel() : null;
    shared = channel.equals(inherited);
    return channel;
  }

  @Override
  public void accept(int acceptor) throws IOException {
    if (ending && !isOpen()) {
      throw new ClosedChannelException();
    }
    super.accept(acceptor);
  }

  @Override
  protected boolean handleAcceptFailure(Throwable failure) {
    if (ending && !isOpen()) {
      synchronized (lock) {
        takesNobody = true;
        lock.notifyAll();
      }
      return false;
    }
    return super.handleAcceptFailure(failure);
  }

  @Override
  protected void configure(Socket socket) {
    synchronized (lock) {
      comingIn++;
      lastCameNs = clock.monotonicNs();
    }
    super.configure(socket);
  }

  @Override
  protected SocketChannelEndPoint newEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key) {
    PatientEndPoint client =
        newClient(new Arrival(channel, selector, key, getScheduler(), clock, calls));
    client.setIdleTimeout(getIdleTimeout());
    return client;
  }

  protected PatientEndPoint newClient(Arrival arrival) {
    return new PatientEndPoint(arrival);
  }

  @Override
  protected void onEndPointOpened(EndPoint endPoint) {
    super.onEndPointOpened(endPoint);
    synchronized (lock) {
      comingIn--;
      lock.notifyAll();
    }
  }

  @Override
  protected void onEndPointClosed(EndPoint endPoint) {
    super.onEndPointClosed(endPoint);
    synchronized (lock) {
      lock.notifyAll();
    }
  }
}
