package dev.sightline.api.http;

import dev.sightline.listener.PatientEndPoint;
import dev.sightline.model.time.Clock;
import dev.sightline.model.time.Scheduler;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// Closes connections that keep a request half sent, and bounds the number of connections.
///
/// Safe for any number of threads.
final class ConnectionGuard implements AutoCloseable {
  /*
   * The server's own idle time starts again with every byte, so a client that sends a byte of a
   * header now and then would hold its connection for ever, and a thousand such clients all of
   * them. Here the time counts from the first byte of a request to the end of its headers. When
   * there are too many connections, one that never sent a whole request makes room, the oldest
   * first: a flood of half requests pushes itself out, and who sends a whole one gets an answer.
   */
  private static final Duration SWEEP = Duration.ofMillis(500);

  private final HttpLimits limits;
  private final Clock clock;
  private final HttpMeters meters;
  private final Map<EndPoint, Watch> watched = new ConcurrentHashMap<>();
  private final Scheduler.Repeating sweeping;

  ConnectionGuard(HttpLimits limits, Clock clock, Scheduler scheduler, HttpMeters meters) {
    this.limits = limits;
    this.clock = clock;
    this.meters = meters;
    this.sweeping = scheduler.every("http-slow-clients", SWEEP, SWEEP, this::sweep);
  }

  void opened(EndPoint socket) {
    watched.put(socket, new Watch(clock.monotonicNs()));
    if (watched.size() > limits.connections()) {
      meters.rejected("http", "too_many_connections");
      leastUseful(socket).close();
    }
  }

  void closed(EndPoint socket) {
    watched.remove(socket);
  }

  /// The headers of a request are complete.
  void begins(Request request) {
    Watch watch = watchOf(request);
    if (watch != null) {
      watch.begins();
    }
  }

  /// A request is answered.
  void ends(Request request) {
    Watch watch = watchOf(request);
    if (watch != null) {
      HttpVersion version = request.getConnectionMetaData().getHttpVersion();
      Connection connection = request.getConnectionMetaData().getConnection();
      watch.ends(version == HttpVersion.HTTP_2 ? null : connection, clock.monotonicNs());
    }
  }

  @Override
  public void close() {
    sweeping.close();
  }

  private @Nullable Watch watchOf(Request request) {
    return watched.get(
        PatientEndPoint.below(request.getConnectionMetaData().getConnection().getEndPoint()));
  }

  private EndPoint leastUseful(EndPoint newest) {
    return watched.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(newest) && entry.getValue().isQuiet())
        .min(Comparator.comparing(Map.Entry::getValue))
        .map(Map.Entry::getKey)
        .orElse(newest);
  }

  private void sweep() {
    long nowNs = clock.monotonicNs();
    watched.forEach(
        (socket, watch) -> {
          if (watch.halfSentForNs(nowNs) > limits.headerTime().toNanos()) {
            meters.rejected("http", "slow_header");
            socket.close();
          }
        });
  }

  /// What is known about one connection.
  private static final class Watch implements Comparable<Watch> {
    // guarded by this
    private int running;
    private boolean served;
    private long quietSinceNs;
    private long halfSentSinceNs;
    private boolean halfSent;
    private @Nullable Connection connection;
    private long bytesAtEnd;

    Watch(long nowNs) {
      quietSinceNs = nowNs;
      halfSentSinceNs = nowNs;
      halfSent = true;
    }

    synchronized void begins() {
      running++;
      served = true;
      halfSent = false;
    }

    /// @param connection null where requests share it and bytes between them say nothing
    synchronized void ends(@Nullable Connection connection, long nowNs) {
      running--;
      quietSinceNs = nowNs;
      this.connection = connection;
      bytesAtEnd = connection == null ? 0 : connection.getBytesIn();
    }

    synchronized boolean isQuiet() {
      return running == 0;
    }

    /// @return nanoseconds; 0 where no request has begun
    synchronized long halfSentForNs(long nowNs) {
      if (running > 0) {
        return 0;
      }
      if (!halfSent && connection != null && connection.getBytesIn() > bytesAtEnd) {
        halfSent = true;
        halfSentSinceNs = nowNs;
      }
      return halfSent ? nowNs - halfSentSinceNs : 0;
    }

    /// The less useful first.
    @Override
    public int compareTo(Watch other) {
      int byService = Boolean.compare(served(), other.served());
      return byService != 0 ? byService : Long.signum(quietSinceNs() - other.quietSinceNs());
    }

    private synchronized boolean served() {
      return served;
    }

    private synchronized long quietSinceNs() {
      return quietSinceNs;
    }
  }
}
