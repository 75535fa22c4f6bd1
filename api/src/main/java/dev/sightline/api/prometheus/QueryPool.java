package dev.sightline.api.prometheus;

import dev.sightline.api.http.ApiError;
import dev.sightline.api.http.ApiException;
import dev.sightline.api.http.CallId;
import dev.sightline.model.query.QueryException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Runs queries on a few threads of their own, so that a burst of heavy ones delays other queries
/// and nothing else.
///
/// Safe for any number of threads.
public final class QueryPool implements AutoCloseable {
  /// Between two looks whether the client is still there.
  private static final long LOOK_AFTER_MS = 200;

  private final ThreadPoolExecutor threads;
  private final Limits limits;

  /// @param running at once
  /// @param waiting beside those
  /// @param patience before a query that has not started is given up
  public record Limits(int running, int waiting, Duration patience) {
    public static final Limits DEFAULT = new Limits(2, 32, Duration.ofSeconds(10));
  }

  public QueryPool(Limits limits) {
    this.limits = limits;
    this.threads =
        new ThreadPoolExecutor(
            limits.running(),
            limits.running(),
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(limits.waiting()),
            Thread.ofPlatform().name("query-", 0).daemon().factory());
    threads.allowCoreThreadTimeOut(true);
  }

  public Limits limits() {
    return limits;
  }

  /// As the other, for a caller that waits whatever happens.
  public <T> T run(Supplier<T> query) {
    return run(() -> true, query);
  }

  /// @param waits whether there is still somebody who would read the answer: a query that nobody
  ///   waits for is interrupted
  /// @return what `query` returns, or throws what it throws
  /// @throws ApiException 503 if too many others run and wait
  /// @throws QueryException.Canceled if nobody waits any more
  public <T> T run(BooleanSupplier waits, Supplier<T> query) {
    CountDownLatch started = new CountDownLatch(1);
    String id = CallId.current();
    FutureTask<T> task =
        new FutureTask<>(
            () -> {
              started.countDown();
              return id == null ? query.get() : during(id, query);
            });
    try {
      threads.execute(task);
      if (!started.await(limits.patience().toNanos(), TimeUnit.NANOSECONDS)
          && threads.remove(task)) {
        throw overloaded("waited for " + limits.patience().toSeconds() + " s");
      }
      return result(task, waits);
    } catch (RejectedExecutionException _) {
      throw overloaded(limits.running() + " run and " + limits.waiting() + " wait");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new ApiException(ApiError.unavailable("the server is stopping"));
    } catch (ExecutionException failed) {
      throw rethrown(failed);
    }
  }

  private static <T> T result(FutureTask<T> task, BooleanSupplier waits)
      throws InterruptedException, ExecutionException {
    while (true) {
      try {
        return task.get(LOOK_AFTER_MS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException _) {
        if (!waits.getAsBoolean()) {
          task.cancel(true);
          throw new QueryException.Canceled("the client has left");
        }
      }
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }

  private static <T> T during(String id, Supplier<T> query) {
    try (CallId.Work _ = CallId.workFor(id)) {
      return query.get();
    }
  }

  private static ApiException overloaded(String why) {
    return new ApiException(ApiError.unavailable("too many queries: " + why));
  }

  private static RuntimeException rethrown(ExecutionException failed) {
    return switch (failed.getCause()) {
      case RuntimeException known -> known;
      case Error fatal -> throw fatal;
      case null, default -> new IllegalStateException("BUG: a query failed oddly", failed);
    };
  }
}
