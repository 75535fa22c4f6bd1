package dev.sightline.quality.performance;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.PredictionColumns;
import dev.sightline.model.prediction.PredictionColumns.Batch;
import dev.sightline.model.prediction.PredictionColumns.Field;
import dev.sightline.model.prediction.PredictionSource.Labelled;
import dev.sightline.quality.rows.Deadline;
import dev.sightline.quality.rows.RowScan;
import dev.sightline.quality.rows.Selection;
import dev.sightline.stats.probability.Quantiles;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The ranges that the values of a numeric feature are put into: between its quartiles, which are
/// rounded so that they can be read.
@SuppressWarnings("ArrayRecordComponent") // never compared
record NumberRanges(double[] bounds) {
  /// More different numbers among a hundred rows are put into ranges, fewer are words.
  private static final int MOST_WORDS = 12;

  private static final int SAMPLE = 100_000;
  private static final MathContext THREE_DIGITS = new MathContext(3);

  /// The ranges of those features that are numbers; others are missing.
  ///
  /// @param rows a few, by which numbers are told from words
  static Map<String, NumberRanges> of(
      PredictionColumns columns,
      Selection selection,
      List<String> names,
      List<Labelled> rows,
      Deadline deadline) {
    List<String> numeric = names.stream().filter(name -> isNumeric(name, rows)).toList();
    Map<String, NumberRanges> ranges = new LinkedHashMap<>();
    if (numeric.isEmpty()) {
      return ranges;
    }
    RowScan scan = new RowScan(selection, deadline);
    Sampler sampler = new Sampler(scan, numeric);
    scan.run(columns, sampler);
    for (int each = 0; each < numeric.size(); each++) {
      ranges.put(numeric.get(each), ofSorted(sampler.sorted(each)));
    }
    return ranges;
  }

  private static boolean isNumeric(String name, List<Labelled> rows) {
    Set<Double> values = new HashSet<>();
    for (Labelled row : rows) {
      switch (row.prediction().features().get(name)) {
        case Datum.Amount(double value) -> values.add(value);
        case Datum.Missing _ -> {}
        case null -> {}
        case Datum.Text _, Datum.Flag _, Datum.Items _, Datum.Fields _ -> {
          return false;
        }
      }
    }
    return values.size() > MOST_WORDS;
  }

  static NumberRanges ofSorted(double[] sorted) {
    if (sorted.length == 0) {
      return new NumberRanges(new double[0]);
    }
    List<Double> bounds = new ArrayList<>();
    bounds.add(Double.NEGATIVE_INFINITY);
    for (int quarter = 1; quarter < 4; quarter++) {
      double bound =
          new BigDecimal(Quantiles.of(sorted, quarter / 4.0)).round(THREE_DIGITS).doubleValue();
      if (bound > bounds.getLast()) {
        bounds.add(bound);
      }
    }
    bounds.add(Double.POSITIVE_INFINITY);
    return new NumberRanges(bounds.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /// @return -1 for what is no number
  int indexOf(double value) {
    if (Double.isNaN(value) || bounds.length == 0) {
      return -1;
    }
    int found = Arrays.binarySearch(bounds, value);
    return Math.min(found >= 0 ? found : -found - 2, bounds.length - 2);
  }

  /// As the text of a segment writes it: `[30, 45)`.
  String name(int range) {
    String end = range == bounds.length - 2 ? "]" : ")";
    return "[" + bound(bounds[range]) + ", " + bound(bounds[range + 1]) + end;
  }

  private static String bound(double value) {
    if (Double.isInfinite(value)) {
      return value < 0 ? "-Inf" : "Inf";
    }
    double size = Math.abs(value);
    return value == 0 || size >= 1e-6 && size < 1e15
        ? new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString()
        : Double.toString(value);
  }

  /// A sample of the values of some features.
  private static final class Sampler implements RowScan.Visitor {
    private final int[] columns;
    private final ScoredRows[] kept;
    private final double[][] values;
    private final double[] one = new double[1];

    Sampler(RowScan scan, List<String> names) {
      columns = names.stream().mapToInt(name -> scan.numbers(new Field.Feature(name))).toArray();
      kept = new ScoredRows[columns.length];
      Arrays.setAll(kept, _ -> new ScoredRows(1, SAMPLE));
      values = new double[columns.length][];
    }

    @Override
    public void begin(Batch batch) {
      for (int each = 0; each < columns.length; each++) {
        values[each] = RowScan.numbers(batch, columns[each]);
      }
    }

    @Override
    public void row(int window, int row) {
      for (int each = 0; each < columns.length; each++) {
        if (Double.isFinite(values[each][row])) {
          one[0] = values[each][row];
          kept[each].add(0, 0, one);
        }
      }
    }

    double[] sorted(int feature) {
      double[] sorted = new double[kept[feature].kept()];
      Arrays.setAll(sorted, row -> kept[feature].score(row, 0));
      Arrays.sort(sorted);
      return sorted;
    }
  }
}
