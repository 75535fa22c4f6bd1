package dev.sightline.quality.performance;

import dev.sightline.model.prediction.PredictionColumns.Batch;
import dev.sightline.model.prediction.PredictionColumns.Field;
import dev.sightline.model.query.QueryException;
import dev.sightline.quality.rows.NamedWords;
import dev.sightline.quality.rows.RowScan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Groups rows by the values of some features or tags, numbers by the range that they fall in.
final class SegmentGrouping implements Grouping {
  /// More combinations are names of rows rather than segments.
  static final int MOST = 2_000;

  /// Rows that have neither feature nor tag.
  private static final String NONE = "";

  private final List<Dimension> dimensions = new ArrayList<>();
  private final Map<List<String>, Integer> numbers = new HashMap<>();
  private final List<List<String>> keys = new ArrayList<>();
  private final List<String> names;

  /// @param ranges of the features that are numbers, by name
  SegmentGrouping(RowScan scan, List<String> names, Map<String, NumberRanges> ranges) {
    this.names = names;
    for (String name : names) {
      NumberRanges range = ranges.get(name);
      dimensions.add(
          range == null ? new WordDimension(scan, name) : new RangeDimension(scan, name, range));
    }
  }

  int size() {
    return keys.size();
  }

  /// What the rows of a group have, by name.
  Map<String, String> labels(int group) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (int each = 0; each < names.size(); each++) {
      labels.put(names.get(each), keys.get(group).get(each));
    }
    return labels;
  }

  @Override
  public void begin(Batch batch) {
    dimensions.forEach(dimension -> dimension.begin(batch));
  }

  @Override
  public int of(int window, int row) {
    if (dimensions.size() == 1) {
      return number(List.of(dimensions.getFirst().at(row)));
    }
    List<String> key = new ArrayList<>(dimensions.size());
    for (Dimension dimension : dimensions) {
      key.add(dimension.at(row));
    }
    return number(key);
  }

  private int number(List<String> key) {
    Integer known = numbers.get(key);
    if (known != null) {
      return known;
    }
    if (keys.size() >= MOST) {
      throw new QueryException.LimitExceeded(
          String.join(", ", names) + " have more than " + MOST + " combinations of values");
    }
    List<String> kept = List.copyOf(key);
    keys.add(kept);
    numbers.put(kept, keys.size() - 1);
    return keys.size() - 1;
  }

  private interface Dimension {
    void begin(Batch batch);

    String at(int row);
  }

  private static final class WordDimension implements Dimension {
    private final NamedWords words;

    WordDimension(RowScan scan, String name) {
      words = new NamedWords(scan, name);
    }

    @Override
    public void begin(Batch batch) {
      words.begin(batch);
    }

    @Override
    public String at(int row) {
      return words.at(row);
    }
  }

  private static final class RangeDimension implements Dimension {
    private final int column;
    private final NumberRanges ranges;
    private double[] values = {};

    RangeDimension(RowScan scan, String name, NumberRanges ranges) {
      this.column = scan.numbers(new Field.Feature(name));
      this.ranges = ranges;
    }

    @Override
    public void begin(Batch batch) {
      values = RowScan.numbers(batch, column);
    }

    @Override
    public String at(int row) {
      int range = ranges.indexOf(values[row]);
      return range < 0 ? NONE : ranges.name(range);
    }
  }
}
