package dev.sightline.quality.baseline;

import dev.sightline.model.prediction.PredictionColumns.Batch;
import dev.sightline.model.prediction.PredictionColumns.Column.Texts;
import dev.sightline.model.prediction.PredictionColumns.Field;
import dev.sightline.quality.rows.RowScan;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Counts the words of a source.
final class WordKeeper implements Keeper {
  /// More different words are counted together.
  static final int MOST_WORDS = 10_000;

  private final Source source;
  private final int column;
  private long[] counts = {};
  private long others;
  private long missing;
  private Texts texts = new Texts(new int[0], List.of());

  WordKeeper(Source source, Field field, RowScan scan) {
    this.source = source;
    this.column = scan.texts(field);
  }

  @Override
  public Source source() {
    return source;
  }

  @Override
  public void begin(Batch batch) {
    texts = RowScan.texts(batch, column);
    if (counts.length < texts.words().size()) {
      counts = Arrays.copyOf(counts, Math.max(texts.words().size(), counts.length * 2));
    }
  }

  @Override
  public void take(int[] rows, int count) {
    for (int each = 0; each < count; each++) {
      int code = texts.codes()[rows[each]];
      if (code >= 0) {
        counts[code]++;
      } else if (code == Texts.OTHER) {
        others++;
      } else {
        missing++;
      }
    }
  }

  @Override
  public void mix(int[] rows, int count, long[] hashes) {
    for (int each = 0; each < count; each++) {
      hashes[each] = Keeper.mixed(hashes[each], texts.codes()[rows[each]]);
    }
  }

  /// The place of a row's word in [#words]; NaN where it has none, or a rare one.
  double code(int row) {
    int code = texts.codes()[row];
    return code >= 0 ? code : Double.NaN;
  }

  /// Of all rows so far.
  List<String> words() {
    return texts.words();
  }

  /// Rows by word, all of those that have a code.
  Map<String, Long> byWord() {
    Map<String, Long> rows = new HashMap<>();
    for (int code = 0; code < texts.words().size(); code++) {
      if (counts[code] > 0) {
        rows.put(texts.words().get(code), counts[code]);
      }
    }
    return rows;
  }

  long missing() {
    return missing;
  }

  @Override
  public List<Baseline.Feature> finish() {
    FeatureColumn column = words(byWord(), others, missing);
    return List.of(new Baseline.Feature(source.name(), source.name(), source.aspect(), column));
  }

  /// The most frequent words; the rest together.
  static FeatureColumn.Words words(Map<String, Long> rows, long others, long missing) {
    TreeMap<String, Long> kept = new TreeMap<>(rows);
    long rest = others;
    if (rows.size() > MOST_WORDS) {
      List<Map.Entry<String, Long>> rare =
          rows.entrySet().stream()
              .sorted(
                  Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                      .thenComparing(Map.Entry.comparingByKey()))
              .skip(MOST_WORDS)
              .toList();
      rare.forEach(entry -> kept.remove(entry.getKey()));
      rest += rare.stream().mapToLong(Map.Entry::getValue).sum();
    }
    if (rest > 0) {
      kept.merge(FeatureColumn.OTHER, rest, Long::sum);
    }
    return new FeatureColumn.Words(kept, missing);
  }
}
