package dev.sightline.promql.eval;

import dev.sightline.model.query.QueryException;
import dev.sightline.model.series.SampleColumns;
import dev.sightline.model.series.SeriesSource.SelectedSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Reads the series of a selection on another core, a little ahead of who computes with them.
///
/// Safe for any number of threads.
final class ReadAhead {
  /// Fewer series are read by who wants them.
  static final int LEAST_SERIES = 64;

  /// A batch ends with so many series, or with so many samples.
  private static final int BATCH_SERIES = 32;

  private static final int BATCH_SAMPLES = 1 << 16;
  private static final int BATCHES = 3;
  private static final long LOOK_AFTER_MS = 100;

  private final Executor threads;

  ReadAhead(int threads) {
    this.threads =
        new ThreadPoolExecutor(
            0,
            Math.max(1, threads),
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().name("query-read-", 0).daemon().factory());
  }

  /// Hands each series with its samples on, in order; the columns are lent for the call.
  void read(
      List<? extends SelectedSeries> series,
      Budget budget,
      BiConsumer<SelectedSeries, SampleColumns> consumer) {
    if (series.size() >= LEAST_SERIES) {
      Run run = new Run(series);
      try {
        threads.execute(run);
      } catch (RejectedExecutionException _) {
        readHere(series, consumer);
        return;
      }
      run.consume(budget, consumer);
      return;
    }
    readHere(series, consumer);
  }

  private static void readHere(
      List<? extends SelectedSeries> series, BiConsumer<SelectedSeries, SampleColumns> consumer) {
    SampleColumns samples = new SampleColumns();
    for (SelectedSeries one : series) {
      samples.clear();
      one.read(samples);
      consumer.accept(one, samples);
    }
  }

  /// Some neighbouring series of the selection; without any, the end.
  private static final class Batch {
    private final List<SampleColumns> columns = new ArrayList<>();
    private int first;
    private int size;
    private @Nullable RuntimeException failure;
  }

  /// One selection that is read ahead.
  private static final class Run implements Runnable {
    private final List<? extends SelectedSeries> series;
    private final BlockingQueue<Batch> free = new ArrayBlockingQueue<>(BATCHES + 1);
    private final BlockingQueue<Batch> full = new ArrayBlockingQueue<>(BATCHES + 1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean stopped;

    Run(List<? extends SelectedSeries> series) {
      this.series = series;
      for (int i = 0; i < BATCHES; i++) {
        free.add(new Batch());
      }
    }

    @Override
    public void run() {
      try {
        int next = 0;
        while (next < series.size() && !stopped) {
          Batch batch = free.take();
          next = fill(batch, next);
          full.put(batch);
          if (batch.failure != null) {
            return;
          }
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      } finally {
        finished.countDown();
      }
    }

    private int fill(Batch batch, int from) {
      batch.first = from;
      batch.size = 0;
      int samples = 0;
      try {
        for (int i = from;
            i < series.size() && batch.size < BATCH_SERIES && samples < BATCH_SAMPLES && !stopped;
            i++) {
          if (batch.size == batch.columns.size()) {
            batch.columns.add(new SampleColumns());
          }
          SampleColumns columns = batch.columns.get(batch.size);
          columns.clear();
          series.get(i).read(columns);
          samples += columns.size();
          batch.size++;
        }
      } catch (RuntimeException failure) {
        batch.failure = failure;
      }
      return from + batch.size;
    }

    /// Returns only when nobody reads any more: the selection may then be closed.
    void consume(Budget budget, BiConsumer<SelectedSeries, SampleColumns> consumer) {
      try {
        int next = 0;
        while (next < series.size()) {
          Batch batch = full.poll(LOOK_AFTER_MS, TimeUnit.MILLISECONDS);
          if (batch == null) {
            budget.check();
            continue;
          }
          for (int i = 0; i < batch.size; i++) {
            consumer.accept(series.get(batch.first + i), batch.columns.get(i));
          }
          next = batch.first + batch.size;
          if (batch.failure != null) {
            throw batch.failure;
          }
          free.put(batch);
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw new QueryException.Canceled("query was canceled in expression evaluation");
      } finally {
        stop();
      }
    }

    private void stop() {
      stopped = true;
      free.offer(new Batch());
      boolean interrupted = false;
      while (true) {
        try {
          finished.await();
          break;
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
