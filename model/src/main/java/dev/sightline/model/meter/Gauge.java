package dev.sightline.model.meter;

import dev.sightline.model.label.Labels;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// A number that rises and falls.
public final class Gauge implements Meter {
  private final AtomicLong bits = new AtomicLong();

  Gauge() {}

  public void set(double value) {
    bits.set(Double.doubleToRawLongBits(value));
  }

  public void add(double amount) {
    bits.updateAndGet(old -> Double.doubleToRawLongBits(Double.longBitsToDouble(old) + amount));
  }

  public double value() {
    return Double.longBitsToDouble(bits.get());
  }

  @Override
  public void read(String name, Labels labels, Consumer<MeterSample> into) {
    into.accept(new MeterSample(name, labels, value()));
  }
}
