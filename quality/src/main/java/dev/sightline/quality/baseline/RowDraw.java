package dev.sightline.quality.baseline;

import dev.sightline.model.prediction.PredictionColumns.Batch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Draws some rows in a pass over all. Owned by one thread.
final class RowDraw {
  private static final int MOST_FEATURES = 100;
  private static final int MOST_ROWS = 3_000;
  private static final int MOST_NUMBERS = 150_000;

  /// So many inputs tell rows of one time apart.
  private static final int HASHED = 4;

  private final List<Keeper> inputs;
  private final Draw<Row> drawn;
  private long[] timesMs = {};
  private long[] hashes = {};

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Row(long timeMs, double[] values) {}

  /// @param inputs of which numbers and words are drawn
  RowDraw(List<Keeper> inputs) {
    this.inputs =
        inputs.stream()
            .filter(one -> one instanceof NumberKeeper || one instanceof WordKeeper)
            .limit(MOST_FEATURES)
            .toList();
    int features = Math.max(1, this.inputs.size());
    this.drawn = new Draw<>(Math.min(MOST_ROWS, MOST_NUMBERS / features));
  }

  void begin(Batch batch) {
    timesMs = batch.timesMs();
  }

  /// @param rows places in the batch, of which `count` count
  void take(int[] rows, int count) {
    if (inputs.isEmpty()) {
      return;
    }
    if (hashes.length < count) {
      hashes = new long[rows.length];
    }
    for (int each = 0; each < count; each++) {
      hashes[each] = Keeper.mixed(17, timesMs[rows[each]]);
    }
    inputs.stream().limit(HASHED).forEach(keeper -> keeper.mix(rows, count, hashes));
    for (int each = 0; each < count; each++) {
      if (drawn.wants(hashes[each])) {
        drawn.take(hashes[each], new Row(timesMs[rows[each]], values(rows[each])));
      }
    }
  }

  private double[] values(int row) {
    double[] values = new double[inputs.size()];
    for (int feature = 0; feature < values.length; feature++) {
      values[feature] =
          switch (inputs.get(feature)) {
            case NumberKeeper number -> number.at(row);
            case WordKeeper word -> word.code(row);
            default -> throw new IllegalStateException("BUG: neither numbers nor words");
          };
    }
    return values;
  }

  RowSample finish() {
    List<Row> rows = new ArrayList<>(drawn.all());
    rows.sort(Comparator.comparingLong(Row::timeMs));
    double[][] values = new double[inputs.size()][rows.size()];
    List<String> names = new ArrayList<>();
    List<List<String>> words = new ArrayList<>();
    for (int feature = 0; feature < values.length; feature++) {
      for (int row = 0; row < rows.size(); row++) {
        values[feature][row] = rows.get(row).values[feature];
      }
      names.add(inputs.get(feature).source().name());
      words.add(
          inputs.get(feature) instanceof WordKeeper keeper
              ? named(values[feature], keeper.words())
              : List.of());
    }
    return new RowSample(names, words, values);
  }

  /// The words of a sample alone; its codes are changed to their places.
  private static List<String> named(double[] codes, List<String> all) {
    Map<String, Integer> places = new LinkedHashMap<>();
    for (int row = 0; row < codes.length; row++) {
      if (!Double.isNaN(codes[row])) {
        String word = all.get((int) codes[row]);
        Integer known = places.putIfAbsent(word, places.size());
        codes[row] = known == null ? places.size() - 1 : known;
      }
    }
    return List.copyOf(places.keySet());
  }
}
