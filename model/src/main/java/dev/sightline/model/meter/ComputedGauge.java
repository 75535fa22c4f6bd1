package dev.sightline.model.meter;

import dev.sightline.model.label.Labels;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/// A gauge that is computed when it is read.
record ComputedGauge(DoubleSupplier value) implements Meter {
  @Override
  public void read(String name, Labels labels, Consumer<MeterSample> into) {
    double now = value.getAsDouble();
    if (!Double.isNaN(now)) {
      into.accept(new MeterSample(name, labels, now));
    }
  }
}
