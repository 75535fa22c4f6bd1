package dev.sightline.quality.inputs;

import dev.sightline.model.prediction.PredictionColumns.Batch;
import dev.sightline.model.prediction.PredictionColumns.Column.Texts;
import dev.sightline.model.prediction.PredictionColumns.Field;
import dev.sightline.quality.baseline.Aspect;
import dev.sightline.quality.baseline.FeatureKind;
import dev.sightline.quality.baseline.Source;
import dev.sightline.quality.rows.RowScan;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The inputs of rows as numbers, for trees: words as the number of their first appearance. Owned
/// by one thread.
public final class InputRows {
  private static final int MOST_FEATURES = 100;

  private final List<Source> sources;
  private final Words words;
  private final int[] columns;
  private final double[][] batchNumbers;
  private final Texts[] batchWords;
  private final double[][] values;
  private int count;

  /// Which number each word of each feature has: shared by all rows that are compared.
  public static final class Words {
    private final Map<String, Map<String, Integer>> byFeature = new HashMap<>();

    double number(String feature, String word) {
      Map<String, Integer> numbers = byFeature.computeIfAbsent(feature, _ -> new HashMap<>());
      Integer known = numbers.putIfAbsent(word, numbers.size());
      return known == null ? numbers.size() - 1 : known;
    }
  }

  private InputRows(List<Source> sources, Words words, RowScan scan) {
    this.sources = sources;
    this.words = words;
    this.columns = new int[sources.size()];
    for (int each = 0; each < columns.length; each++) {
      Source source = sources.get(each);
      Field field = new Field.Feature(source.name());
      columns[each] = isNumber(source) ? scan.numbers(field) : scan.texts(field);
    }
    this.batchNumbers = new double[columns.length][];
    this.batchWords = new Texts[columns.length];
    this.values = new double[columns.length][256];
  }

  /// What is read of a model's inputs: numbers, flags and words; texts and names are as good as
  /// noise.
  public static List<Source> read(List<Source> all) {
    return all.stream()
        .filter(source -> source.aspect() == Aspect.INPUT)
        .filter(source -> isNumber(source) || source.kind() == FeatureKind.WORD)
        .limit(MOST_FEATURES)
        .toList();
  }

  private static boolean isNumber(Source source) {
    return source.kind() == FeatureKind.NUMBER || source.kind() == FeatureKind.FLAG;
  }

  public static InputRows of(List<Source> sources, Words words, RowScan scan) {
    return new InputRows(sources, words, scan);
  }

  public void begin(Batch batch) {
    for (int each = 0; each < columns.length; each++) {
      if (isNumber(sources.get(each))) {
        batchNumbers[each] = RowScan.numbers(batch, columns[each]);
      } else {
        batchWords[each] = RowScan.texts(batch, columns[each]);
      }
    }
  }

  public void keep(int row) {
    for (int each = 0; each < columns.length; each++) {
      if (count == values[each].length) {
        values[each] = Arrays.copyOf(values[each], count * 2);
      }
      values[each][count] = value(each, row);
    }
    count++;
  }

  private double value(int each, int row) {
    if (isNumber(sources.get(each))) {
      return batchNumbers[each][row];
    }
    int code = batchWords[each].codes()[row];
    return code < 0
        ? Double.NaN
        : words.number(sources.get(each).name(), batchWords[each].words().get(code));
  }

  public int features() {
    return columns.length;
  }

  /// Some rows, by feature.
  public double[][] of(int[] rows) {
    double[][] some = new double[values.length][rows.length];
    for (int feature = 0; feature < values.length; feature++) {
      for (int each = 0; each < rows.length; each++) {
        some[feature][each] = values[feature][rows[each]];
      }
    }
    return some;
  }
}
