package dev.sightline.quality.baseline;

import dev.sightline.model.prediction.PredictionColumns.Batch;
import dev.sightline.model.prediction.PredictionColumns.Field;
import dev.sightline.quality.rows.RowScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Counts the texts of a source, and makes numbers of them: each different text is looked at once.
final class TextKeeper implements Keeper {
  private final Source source;
  private final WordKeeper texts;
  private final int limit;
  private final @Nullable Vocabulary usual;
  private Vocabulary used = Vocabulary.NONE;

  /// @param usual of the reference; null for the reference itself
  TextKeeper(Source source, Field field, RowScan scan, int limit, @Nullable Vocabulary usual) {
    this.source = source;
    this.texts = new WordKeeper(source, field, scan);
    this.limit = limit;
    this.usual = usual;
  }

  @Override
  public Source source() {
    return source;
  }

  @Override
  public void begin(Batch batch) {
    texts.begin(batch);
  }

  @Override
  public void take(int[] rows, int count) {
    texts.take(rows, count);
  }

  @Override
  public void mix(int[] rows, int count, long[] hashes) {
    texts.mix(rows, count, hashes);
  }

  @Override
  public List<Baseline.Feature> finish() {
    Map<String, Long> rows = texts.byWord();
    used = usual == null ? Vocabulary.of(rows) : usual;
    return features(source, rows, texts.missing(), used, limit);
  }

  /// That the properties were made with, once the pass is over.
  Vocabulary vocabulary() {
    return used;
  }

  static List<Baseline.Feature> features(
      Source source, Map<String, Long> rows, long missing, Vocabulary usual, int limit) {
    TextProperty[] properties = TextProperty.values();
    NumberValues[] kept = new NumberValues[properties.length];
    for (int each = 0; each < kept.length; each++) {
      kept[each] = new NumberValues(limit);
      kept[each].add(Double.NaN, missing);
    }
    rows.forEach(
        (text, count) -> {
          double[] values = TextProperty.of(text, usual);
          for (int each = 0; each < kept.length; each++) {
            if (properties[each] != TextProperty.RARE_WORDS || !Vocabulary.learnsFrom(text)) {
              kept[each].add(values[each], count);
            }
          }
        });
    List<Baseline.Feature> features = new ArrayList<>();
    long n = rows.values().stream().mapToLong(Long::longValue).sum();
    features.add(
        new Baseline.Feature(
            source.name(),
            source.name(),
            source.aspect(),
            new FeatureColumn.Sentences(TextSample.of(rows), n, missing)));
    for (int each = 0; each < properties.length; each++) {
      String name = properties[each].of(source.name());
      FeatureColumn column = kept[each].column();
      features.add(new Baseline.Feature(name, source.name(), source.aspect(), column));
    }
    return features;
  }
}
