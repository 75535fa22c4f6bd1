package dev.sightline.quality.baseline;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.PredictionColumns.Batch;
import dev.sightline.model.prediction.PredictionColumns.Field;
import dev.sightline.quality.rows.RowScan;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Keeps some of the vectors of a source: lists of numbers, or one number in each of many columns.
final class VectorKeeper implements Keeper {
  /// Of one feature: 1.6 MB.
  private static final int MOST_NUMBERS = 400_000;

  private static final int MOST_ROWS = 2_000;
  private static final int FEWEST_ROWS = 50;

  /// Vectors of other lengths than these count as missing.
  private static final int MOST_LENGTHS = 4;

  private static final int HASHED = 16;

  private final Source source;
  private final int list;
  private final int[] parts;
  private final double[][] numbers;
  private final Map<Integer, OfLength> byLength = new HashMap<>();
  private Datum[] lists = {};
  private long[] timesMs = {};
  private long rows;

  /// The vectors of one length.
  private static final class OfLength {
    private final Draw<float[]> drawn;
    private long n;

    OfLength(int length) {
      drawn = new Draw<>(Math.clamp(MOST_NUMBERS / length, FEWEST_ROWS, MOST_ROWS));
    }
  }

  VectorKeeper(Source source, RowScan scan) {
    this.source = source;
    this.list = source.parts().isEmpty() ? scan.lists(new Field.Feature(source.name())) : -1;
    this.parts =
        source.parts().stream().mapToInt(part -> scan.numbers(new Field.Feature(part))).toArray();
    this.numbers = new double[parts.length][];
  }

  @Override
  public Source source() {
    return source;
  }

  @Override
  public void begin(Batch batch) {
    timesMs = batch.timesMs();
    if (list >= 0) {
      lists = RowScan.lists(batch, list);
    }
    for (int part = 0; part < parts.length; part++) {
      numbers[part] = RowScan.numbers(batch, parts[part]);
    }
  }

  @Override
  public void take(int[] rows, int count) {
    for (int each = 0; each < count; each++) {
      float[] vector = list >= 0 ? vector(lists[rows[each]]) : vector(rows[each]);
      this.rows++;
      if (vector != null && vector.length > 0) {
        OfLength into = byLength.get(vector.length);
        if (into == null && byLength.size() < MOST_LENGTHS) {
          into = new OfLength(vector.length);
          byLength.put(vector.length, into);
        }
        if (into != null) {
          into.n++;
          into.drawn.take(hash(vector, timesMs[rows[each]]), vector);
        }
      }
    }
  }

  private static float @Nullable [] vector(Datum value) {
    if (!(value instanceof Datum.Items(List<Datum> items))) {
      return null;
    }
    float[] vector = new float[items.size()];
    for (int place = 0; place < vector.length; place++) {
      if (!(items.get(place) instanceof Datum.Amount(double amount)) || !Double.isFinite(amount)) {
        return null;
      }
      vector[place] = (float) amount;
    }
    return vector;
  }

  private float @Nullable [] vector(int row) {
    float[] vector = new float[parts.length];
    for (int part = 0; part < parts.length; part++) {
      double value = numbers[part][row];
      if (!Double.isFinite(value)) {
        return null;
      }
      vector[part] = (float) value;
    }
    return vector;
  }

  private static long hash(float[] vector, long timeMs) {
    long hash = Keeper.mixed(17, timeMs);
    for (int place = 0; place < Math.min(HASHED, vector.length); place++) {
      hash = Keeper.mixed(hash, Float.floatToIntBits(vector[place]));
    }
    return hash;
  }

  @Override
  public void mix(int[] rows, int count, long[] hashes) {
    for (int each = 0; each < count; each++) {
      float[] vector = list >= 0 ? vector(lists[rows[each]]) : vector(rows[each]);
      long hash = vector == null ? 0 : hash(vector, 0);
      hashes[each] = Keeper.mixed(hashes[each], hash);
    }
  }

  /// Of the most frequent length.
  @Override
  public List<Baseline.Feature> finish() {
    OfLength found =
        byLength.values().stream()
            .max(Comparator.comparingLong(each -> each.n))
            .orElseGet(() -> new OfLength(1));
    FeatureColumn column =
        new FeatureColumn.Vectors(
            found.drawn.all().toArray(float[][]::new), found.n, rows - found.n);
    return List.of(new Baseline.Feature(source.name(), source.name(), source.aspect(), column));
  }
}
