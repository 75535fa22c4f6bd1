package dev.sightline.model.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ThreadSchedulerTest {
  @Test
  void repeatsAlsoAfterAFailureAndNotAfterClose() throws Exception {
    CountDownLatch thrice = new CountDownLatch(3);
    AtomicInteger runs = new AtomicInteger();
    Scheduler.Repeating work =
        new ThreadScheduler()
            .every(
                "test",
                Duration.ZERO,
                Duration.ofMillis(1),
                () -> {
                  runs.incrementAndGet();
                  thrice.countDown();
                  if (runs.get() == 1) {
                    throw new IllegalArgumentException("on purpose");
                  }
                  if (runs.get() == 2) {
                    throw new AssertionError("on purpose");
                  }
                });
    assertThat(thrice.await(10, TimeUnit.SECONDS)).isTrue();
    work.close();
    int atClose = runs.get();
    Thread.onSpinWait();
    assertThat(runs).hasValue(atClose);
  }
}
