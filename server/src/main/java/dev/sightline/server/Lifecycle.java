package dev.sightline.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What has been opened, to be closed in the opposite order; also when opening fails half way.
final class Lifecycle implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

  private record Opened(String name, AutoCloseable resource) {}

  // guarded by this
  private final Deque<Opened> opened = new ArrayDeque<>();

  /// @return `resource`, so that opening and keeping are one line
  synchronized <T extends AutoCloseable> T keep(String name, T resource) {
    opened.push(new Opened(name, resource));
    return resource;
  }

  /// Closes everything once; one part that fails to close does not keep the others open.
  @Override
  public synchronized void close() {
    while (!opened.isEmpty()) {
      close(opened.pop());
    }
  }

  /// Closes everything once, all at the same time: for parts that do not stand on each other, and
  /// wait for others.
  synchronized void closeTogether() {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      while (!opened.isEmpty()) {
        Opened part = opened.pop();
        var _ = threads.submit(() -> close(part));
      }
    }
  }

  private static void close(Opened part) {
    try {
      part.resource.close();
    } catch (Exception failure) {
      LOG.error("{} did not close cleanly", part.name, failure);
    }
  }
}
