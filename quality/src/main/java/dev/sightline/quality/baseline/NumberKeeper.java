package dev.sightline.quality.baseline;

import dev.sightline.model.prediction.PredictionColumns.Batch;
import dev.sightline.model.prediction.PredictionColumns.Field;
import dev.sightline.quality.rows.RowScan;
import java.util.List;

/// Keeps the numbers of a source.
final class NumberKeeper implements Keeper {
  private final Source source;
  private final int column;
  private final NumberValues kept;
  private double[] values = {};

  NumberKeeper(Source source, Field field, RowScan scan, int limit) {
    this.source = source;
    this.column = scan.numbers(field);
    this.kept = new NumberValues(limit);
  }

  @Override
  public Source source() {
    return source;
  }

  @Override
  public void begin(Batch batch) {
    values = RowScan.numbers(batch, column);
  }

  @Override
  public void take(int[] rows, int count) {
    for (int each = 0; each < count; each++) {
      kept.add(values[rows[each]]);
    }
  }

  /// NaN where the row has none.
  double at(int row) {
    return values[row];
  }

  @Override
  public void mix(int[] rows, int count, long[] hashes) {
    for (int each = 0; each < count; each++) {
      hashes[each] = Keeper.mixed(hashes[each], Double.doubleToLongBits(values[rows[each]]));
    }
  }

  @Override
  public List<Baseline.Feature> finish() {
    return List.of(
        new Baseline.Feature(source.name(), source.name(), source.aspect(), kept.column()));
  }
}
