package dev.sightline.quality.performance;

import dev.sightline.model.prediction.PredictionColumns.Batch;
import dev.sightline.quality.rows.NamedWords;
import dev.sightline.quality.rows.RowScan;
import dev.sightline.quality.rows.SegmentBy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Groups rows by version and by the values of some features or tags, which are words here: a range
/// that moves with its window would be another series every time.
final class VersionSegments implements Grouping {
  /// Rows of further combinations belong to no group.
  static final int MOST = 500;

  /// A longer value is a text, not the name of a segment.
  private static final int LONGEST_WORD = 200;

  private final VersionGrouping versions;
  private final SegmentBy by;
  private final List<NamedWords> words = new ArrayList<>();
  private final Map<Key, Integer> numbers = new HashMap<>();
  private final List<Key> keys = new ArrayList<>();
  private boolean full;

  /// @param version number among the versions
  /// @param values in the order of the names
  record Key(int version, List<String> values) {}

  VersionSegments(RowScan scan, VersionGrouping versions, SegmentBy by) {
    this.versions = versions;
    this.by = by;
    by.names().forEach(name -> words.add(new NamedWords(scan, name)));
  }

  List<Key> keys() {
    return keys;
  }

  /// Whether there were more combinations than room.
  boolean isFull() {
    return full;
  }

  /// As users ask for the segment: `country="ES",device="phone"`.
  String text(List<String> values) {
    return by.text(values);
  }

  @Override
  public void begin(Batch batch) {
    versions.begin(batch);
    words.forEach(each -> each.begin(batch));
  }

  @Override
  public int of(int window, int row) {
    int version = versions.of(window, row);
    List<String> values = new ArrayList<>(words.size());
    for (NamedWords each : words) {
      String word = each.at(row);
      if (word.isEmpty() || word.equals(NamedWords.OTHER) || word.length() > LONGEST_WORD) {
        return -1;
      }
      values.add(word);
    }
    return version < 0 ? -1 : number(new Key(version, values));
  }

  private int number(Key key) {
    Integer known = numbers.get(key);
    if (known != null) {
      return known;
    }
    if (keys.size() >= MOST) {
      full = true;
      return -1;
    }
    keys.add(key);
    numbers.put(key, keys.size() - 1);
    return keys.size() - 1;
  }
}
