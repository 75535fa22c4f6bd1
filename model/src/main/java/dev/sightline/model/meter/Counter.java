package dev.sightline.model.meter;

import dev.sightline.model.label.Labels;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/// A count that only grows.
public final class Counter implements Meter {
  private final LongAdder count = new LongAdder();

  Counter() {}

  public void increment() {
    count.increment();
  }

  /// @param amount at least 0
  public void add(long amount) {
    count.add(amount);
  }

  public long value() {
    return count.sum();
  }

  @Override
  public void read(String name, Labels labels, Consumer<MeterSample> into) {
    into.accept(new MeterSample(name, labels, count.sum()));
  }
}
