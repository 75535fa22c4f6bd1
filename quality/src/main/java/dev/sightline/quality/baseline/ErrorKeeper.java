package dev.sightline.quality.baseline;

import dev.sightline.model.prediction.PredictionColumns.Batch;
import dev.sightline.model.prediction.PredictionColumns.Column.Texts;
import dev.sightline.model.prediction.PredictionColumns.Field;
import dev.sightline.quality.rows.RowScan;
import java.util.List;
import java.util.TreeMap;

/// Keeps how answers differ from truths: right or wrong, or by how much.
final class ErrorKeeper implements Keeper {
  static final String RIGHT = "right";
  static final String WRONG = "wrong";

  private final Source source;
  private final boolean numbers;
  private final int output;
  private final int truth;
  private final NumberValues differences;
  private final long[] rightAndWrong = new long[2];
  private long missing;
  private double[] outputNumbers = {};
  private double[] truthNumbers = {};
  private Texts outputTexts = new Texts(new int[0], List.of());
  private Texts truthTexts = outputTexts;

  ErrorKeeper(Source source, RowScan scan, int limit) {
    this.source = source;
    this.numbers = source.kind() == FeatureKind.NUMBER;
    this.output = numbers ? scan.numbers(new Field.Output()) : scan.texts(new Field.Output());
    this.truth = numbers ? scan.numbers(new Field.Truth()) : scan.texts(new Field.Truth());
    this.differences = new NumberValues(limit);
  }

  @Override
  public Source source() {
    return source;
  }

  @Override
  public void begin(Batch batch) {
    if (numbers) {
      outputNumbers = RowScan.numbers(batch, output);
      truthNumbers = RowScan.numbers(batch, truth);
    } else {
      outputTexts = RowScan.texts(batch, output);
      truthTexts = RowScan.texts(batch, truth);
    }
  }

  @Override
  public void take(int[] rows, int count) {
    for (int each = 0; each < count; each++) {
      int row = rows[each];
      if (numbers) {
        differences.add(outputNumbers[row] - truthNumbers[row]);
      } else {
        takeWords(outputTexts.codes()[row], truthTexts.codes()[row]);
      }
    }
  }

  private void takeWords(int said, int happened) {
    if (said < 0 || happened < 0) {
      missing++;
    } else {
      boolean right = outputTexts.words().get(said).equals(truthTexts.words().get(happened));
      rightAndWrong[right ? 0 : 1]++;
    }
  }

  /// It says nothing about a row that the row's inputs do not.
  @Override
  public void mix(int[] rows, int count, long[] hashes) {}

  @Override
  public List<Baseline.Feature> finish() {
    FeatureColumn column = numbers ? differences.column() : words();
    return List.of(new Baseline.Feature(source.name(), source.name(), source.aspect(), column));
  }

  private FeatureColumn words() {
    TreeMap<String, Long> counts = new TreeMap<>();
    counts.put(RIGHT, rightAndWrong[0]);
    counts.put(WRONG, rightAndWrong[1]);
    counts.values().removeIf(count -> count == 0);
    return new FeatureColumn.Words(counts, missing);
  }
}
