package dev.sightline.tsdb.head;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// Appends the samples of a log to their series, on several threads.
///
/// Owned by one thread, which gives the samples in the log's order, calls [#finish], and closes.
final class ReplayLanes implements AutoCloseable {
  /*
   * A log holds its samples scrape by scrape: next to each other stand samples of a hundred thousand
   * series, and each append would wait for the memory of a series that no cache holds any more. So
   * samples are gathered first, by neighbourhood of their series, into lanes; a full lane brings
   * several samples of each of a few hundred series, whose memory stays at hand meanwhile.
   *
   * Invariant: a lane belongs to one thread, so the samples of a series keep their order.
   */
  private static final int LANES = 512;
  private static final int LANE_SAMPLES = 2048;
  private static final int NEIGHBOURHOOD_BITS = 7;
  private static final int MAX_THREADS = 4;
  private static final int WAITING_BATCHES = 8;
  private static final Batch END = new Batch(0);

  private final @Nullable Batch[] lanes = new @Nullable Batch[LANES];
  private final List<Worker> workers = new ArrayList<>();
  private final BlockingQueue<Batch> spare;

  ReplayLanes() {
    int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MAX_THREADS);
    spare = new ArrayBlockingQueue<>(threads * (WAITING_BATCHES + 1));
    for (int i = 0; i < threads; i++) {
      Worker worker = new Worker(spare);
      workers.add(worker);
      worker.thread = Thread.ofPlatform().name("replay-" + i).daemon().start(worker);
    }
  }

  /// @param ref of the series, or a further number that the log has for it; always the same one
  void add(long ref, HeadSeries series, long timestampMs, double value) {
    int lane = (int) (ref >>> NEIGHBOURHOOD_BITS) & LANES - 1;
    Batch batch = lanes[lane];
    if (batch == null) {
      batch = emptyBatch();
      lanes[lane] = batch;
    }
    batch.add(series, timestampMs, value);
    if (batch.size == LANE_SAMPLES) {
      give(lane, batch);
      lanes[lane] = null;
    }
  }

  /// Returns when every sample given so far is in its series.
  void drain() {
    giveAll();
    CountDownLatch reached = new CountDownLatch(workers.size());
    workers.forEach(worker -> put(worker.batches, Batch.marker(reached)));
    try {
      reached.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the log was read back");
    }
  }

  private void giveAll() {
    for (int lane = 0; lane < LANES; lane++) {
      Batch batch = lanes[lane];
      if (batch != null) {
        give(lane, batch);
        lanes[lane] = null;
      }
    }
  }

  /// Returns when every sample is in its series.
  void finish() {
    giveAll();
    close();
    workers.forEach(Worker::throwIfFailed);
  }

  /// Ends the threads; what was not finished is left out.
  @Override
  public void close() {
    for (Worker worker : workers) {
      if (!worker.ending) {
        worker.ending = true;
        put(worker.batches, END);
      }
    }
    workers.forEach(Worker::join);
  }

  private Batch emptyBatch() {
    Batch used = spare.poll();
    return used == null ? new Batch(LANE_SAMPLES) : used;
  }

  private void give(int lane, Batch batch) {
    put(workers.get(lane % workers.size()).batches, batch);
  }

  private static void put(BlockingQueue<Batch> queue, Batch batch) {
    try {
      queue.put(batch);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the log was read back");
    }
  }

  /// Samples of neighbouring series, in the log's order.
  private static final class Batch {
    private final @Nullable HeadSeries[] series;
    private final long[] timestampsMs;
    private final double[] values;
    private final @Nullable CountDownLatch reached;
    private int size;

    Batch(int capacity) {
      this(capacity, null);
    }

    /// A batch without samples, which says when its turn comes.
    static Batch marker(CountDownLatch reached) {
      return new Batch(0, reached);
    }

    private Batch(int capacity, @Nullable CountDownLatch reached) {
      this.reached = reached;
      series = new @Nullable HeadSeries[capacity];
      timestampsMs = new long[capacity];
      values = new double[capacity];
    }

    void add(HeadSeries of, long timestampMs, double value) {
      series[size] = of;
      timestampsMs[size] = timestampMs;
      values[size] = value;
      size++;
    }

    void appendAll() {
      for (int i = 0; i < size; i++) {
        HeadSeries of = series[i];
        if (of != null) {
          restore(of, timestampsMs[i], values[i]);
        }
      }
      size = 0;
    }

    private static void restore(HeadSeries series, long timestampMs, double value) {
      if (timestampMs > series.lastMs()) {
        series.append(timestampMs, value);
      } else if (!series.has(timestampMs)) {
        series.appendLate(timestampMs, value);
      }
    }
  }

  /// Appends the batches of its lanes, one after the other.
  private static final class Worker implements Runnable {
    private final BlockingQueue<Batch> batches = new ArrayBlockingQueue<>(WAITING_BATCHES);
    private final BlockingQueue<Batch> spare;
    private @Nullable Thread thread;
    private boolean ending;
    private volatile @Nullable Throwable failure;

    Worker(BlockingQueue<Batch> spare) {
      this.spare = spare;
    }

    @Override
    public void run() {
      try {
        for (Batch batch = batches.take(); batch != END; batch = batches.take()) {
          append(batch);
        }
      } catch (InterruptedException _) {
        failure = new IllegalStateException("interrupted while the log was read back");
      }
    }

    /// A failure is kept and thrown at the end: the reader must not wait for a worker that is gone.
    private void append(Batch batch) {
      if (batch.reached != null) {
        batch.reached.countDown();
        return;
      }
      try {
        batch.appendAll();
        boolean _ = spare.offer(batch);
      } catch (RuntimeException | Error thrown) {
        failure = thrown;
      }
    }

    void join() {
      try {
        if (thread != null) {
          thread.join();
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }

    void throwIfFailed() {
      if (failure != null) {
        throw new IllegalStateException("the log could not be read back", failure);
      }
    }
  }
}
