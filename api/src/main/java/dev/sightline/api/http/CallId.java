package dev.sightline.api.http;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/// The id of the call that a thread works for: it stands beside every line that the thread logs.
public final class CallId {
  private static final String KEY = "request_id";

  private CallId() {}

  /// Work for one call, which ends when it is closed.
  public interface Work extends AutoCloseable {
    @Override
    void close();
  }

  /// What this thread does from now on, it does for that call.
  public static Work workFor(String id) {
    MDC.put(KEY, id);
    return () -> MDC.remove(KEY);
  }

  /// @return null where the thread works for no call
  public static @Nullable String current() {
    return MDC.get(KEY);
  }
}
