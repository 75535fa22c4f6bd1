package dev.sightline.server;

import java.util.ArrayDeque;
import java.util.Deque;
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
      Opened last = opened.pop();
      try {
        last.resource.close();
      } catch (Exception failure) {
        LOG.error("{} did not close cleanly", last.name, failure);
      }
    }
  }
}
