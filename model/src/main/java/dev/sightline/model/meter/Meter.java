package dev.sightline.model.meter;

import dev.sightline.model.label.Labels;
import java.util.function.Consumer;

/// A number that is kept, or several that belong together.
sealed interface Meter permits Counter, Gauge, ComputedGauge, Histogram {
  void read(String name, Labels labels, Consumer<MeterSample> into);
}
