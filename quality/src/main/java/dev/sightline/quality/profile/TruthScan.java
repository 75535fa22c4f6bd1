package dev.sightline.quality.profile;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.PredictionColumns;
import dev.sightline.model.prediction.PredictionColumns.Batch;
import dev.sightline.model.prediction.PredictionColumns.Column.Texts;
import dev.sightline.model.prediction.PredictionColumns.Field;
import dev.sightline.quality.rows.Deadline;
import dev.sightline.quality.rows.RowScan;
import dev.sightline.quality.rows.Selection;
import dev.sightline.stats.sketch.NumberSketch;
import java.util.ArrayList;
import java.util.List;

/// Makes the profile of ground truths of their column: they come late and are corrected, and a
/// sketch forgets nothing. Used once, by one thread.
final class TruthScan implements RowScan.Visitor {
  private final List<FeatureProfile> windows = new ArrayList<>();
  private final RowScan scan;
  private final int numbers;
  private final int texts;
  private double[] amounts = {};
  private Texts words = new Texts(new int[0], List.of());

  private TruthScan(Selection selection, Deadline deadline) {
    scan = new RowScan(selection, deadline);
    numbers = scan.numbers(new Field.Truth());
    texts = scan.texts(new Field.Truth());
    for (int window = 0; window < selection.windows().size(); window++) {
      windows.add(new FeatureProfile(NumberSketch.DAY));
    }
  }

  /// One for each window.
  static List<FeatureProfile> of(
      PredictionColumns columns, Selection selection, Deadline deadline) {
    TruthScan truths = new TruthScan(selection, deadline);
    truths.scan.run(columns, truths);
    return truths.windows;
  }

  @Override
  public void begin(Batch batch) {
    amounts = RowScan.numbers(batch, numbers);
    words = RowScan.texts(batch, texts);
  }

  @Override
  public void row(int window, int row) {
    FeatureProfile into = windows.get(window);
    int code = words.codes()[row];
    if (code < 0) {
      into.addMissing(1);
      return;
    }
    String word = words.words().get(code);
    if (word.equals("true") || word.equals("false")) {
      into.add(new Datum.Flag(word.equals("true")));
    } else if (Double.isNaN(amounts[row])) {
      into.add(new Datum.Text(word));
    } else {
      into.add(amounts[row]);
    }
  }
}
