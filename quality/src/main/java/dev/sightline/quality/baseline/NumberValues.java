package dev.sightline.quality.baseline;

import dev.sightline.stats.column.SortedColumn;
import dev.sightline.stats.sketch.NumberSketch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Numbers as they come: all of them up to a limit, beyond it a sketch. Owned by one thread.
final class NumberValues {
  private final int limit;
  private double[] values = {};
  private int count;
  private long missing;
  private @Nullable NumberSketch sketch;

  NumberValues(int limit) {
    this.limit = limit;
  }

  /// @param value NaN where there is none
  void add(double value) {
    if (Double.isNaN(value)) {
      missing++;
    } else if (sketch != null) {
      sketch.add(value);
    } else if (count < limit) {
      if (count == values.length) {
        values = Arrays.copyOf(values, Math.min(limit, Math.max(256, count * 2)));
      }
      values[count++] = value;
    } else {
      sketchAll().add(value);
    }
  }

  void add(double value, long times) {
    for (long time = 0; time < times; time++) {
      add(value);
    }
  }

  private NumberSketch sketchAll() {
    NumberSketch made = new NumberSketch(NumberSketch.DAY);
    for (int each = 0; each < count; each++) {
      made.add(values[each]);
    }
    sketch = made;
    values = new double[0];
    count = 0;
    return made;
  }

  FeatureColumn column() {
    return sketch == null
        ? new FeatureColumn.Numbers(SortedColumn.of(Arrays.copyOf(values, count)), missing)
        : new FeatureColumn.Sketched(sketch, missing);
  }
}
