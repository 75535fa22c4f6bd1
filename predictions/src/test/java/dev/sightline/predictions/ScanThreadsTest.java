package dev.sightline.predictions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.model.prediction.PredictionColumns.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ScanThreadsTest {
  private static final Batch BATCH = new Batch(0, new long[0], List.of());

  private final ScanThreads threads = new ScanThreads(100);
  private final Set<Thread> used = ConcurrentHashMap.newKeySet();

  /// Walks that each hand on some batches.
  private static List<Runnable> walks(List<Consumer<Batch>> receivers, int batches) {
    List<Runnable> walks = new ArrayList<>();
    for (Consumer<Batch> receiver : receivers) {
      walks.add(
          () -> {
            for (int batch = 0; batch < batches; batch++) {
              receiver.accept(BATCH);
            }
          });
    }
    return walks;
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception broken) {
      throw new IllegalStateException(broken);
    }
  }

  private void run(long rows, int batches, Consumer<Batch> first, Consumer<Batch> second) {
    threads.run(rows, List.of(first, second), receivers -> walks(receivers, batches));
  }

  @Test
  void aLongScanHasTwoThreads() {
    CyclicBarrier both = new CyclicBarrier(2); // would never be passed by one thread
    Consumer<Batch> meeting =
        _ -> {
          used.add(Thread.currentThread());
          meet(both);
        };
    run(100, 50, meeting, meeting);
    assertThat(used).hasSize(2).contains(Thread.currentThread());
    assertThat(used.stream().filter(Thread::isAlive)).containsExactly(Thread.currentThread());
  }

  @Test
  void aShortScanHasOneAndSoHasAnotherMeanwhile() {
    Consumer<Batch> seen = _ -> used.add(Thread.currentThread());
    run(99, 5, seen, seen);
    assertThat(used).containsExactly(Thread.currentThread());
    used.clear();
    AtomicInteger meanwhile = new AtomicInteger();
    run(
        100,
        1,
        _ -> {
          Thread me = Thread.currentThread();
          Consumer<Batch> mine = _ -> meanwhile.addAndGet(Thread.currentThread() == me ? 1 : 1_000);
          run(1_000, 5, mine, mine);
        },
        _ -> {});
    assertThat(meanwhile).hasValue(10);
  }

  @Test
  void whatOneThrowsEndsBoth() {
    CyclicBarrier both = new CyclicBarrier(2);
    AtomicInteger handed = new AtomicInteger();
    Consumer<Batch> failing =
        _ -> {
          meet(both);
          throw new IllegalArgumentException("enough");
        };
    Consumer<Batch> endless =
        _ -> {
          if (handed.getAndIncrement() == 0) {
            meet(both);
          }
        };
    assertThatThrownBy(() -> run(100, Integer.MAX_VALUE, failing, endless)).hasMessage("enough");
    handed.set(0);
    assertThatThrownBy(() -> run(100, Integer.MAX_VALUE, endless, failing))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
