package dev.sightline.model.meter;

import dev.sightline.model.label.Labels;
import dev.sightline.model.series.ValueText;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.Consumer;

/// Counts of observations at or below each of some bounds.
public final class Histogram implements Meter {
  private final double[] upperBounds;

  /// in the form that every reader of exposition text brings them into
  private final String[] boundTexts;

  /// one for each bound and a last one for what lies above all
  private final AtomicLongArray counts;

  private final DoubleAdder sum = new DoubleAdder();

  Histogram(List<Double> upperBounds) {
    this.upperBounds = upperBounds.stream().mapToDouble(Double::doubleValue).toArray();
    this.boundTexts = upperBounds.stream().map(ValueText::withFraction).toArray(String[]::new);
    this.counts = new AtomicLongArray(this.upperBounds.length + 1);
    for (int i = 1; i < this.upperBounds.length; i++) {
      if (!(this.upperBounds[i - 1] < this.upperBounds[i])) {
        throw new IllegalArgumentException("BUG: bounds of a histogram must rise: " + upperBounds);
      }
    }
  }

  public void observe(double value) {
    int bucket = 0;
    while (bucket < upperBounds.length && value > upperBounds[bucket]) {
      bucket++;
    }
    counts.incrementAndGet(bucket);
    sum.add(value);
  }

  @Override
  public void read(String name, Labels labels, Consumer<MeterSample> into) {
    long total = 0;
    for (int i = 0; i < upperBounds.length; i++) {
      total += counts.get(i);
      into.accept(new MeterSample(name + "_bucket", labels.with("le", boundTexts[i]), total));
    }
    total += counts.get(upperBounds.length);
    into.accept(new MeterSample(name + "_bucket", labels.with("le", "+Inf"), total));
    into.accept(new MeterSample(name + "_sum", labels, sum.sum()));
    into.accept(new MeterSample(name + "_count", labels, total));
  }
}
