package dev.sightline.predictions;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.PredictionColumns.Batch;
import dev.sightline.model.prediction.PredictionColumns.Field;
import dev.sightline.model.prediction.PredictionColumns.Scan;
import dev.sightline.model.prediction.PredictionColumns.Wanted;
import dev.sightline.predictions.part.StoredRow;
import dev.sightline.predictions.record.FieldReader;
import dev.sightline.predictions.record.RecordCodec;
import dev.sightline.predictions.record.TruthHistory;
import dev.sightline.storage.codec.ByteSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Fills columns with the wanted fields of rows, and hands them on in batches. Used by one thread.
final class ColumnScan implements FieldReader.Visitor {
  private static final int BATCH_ROWS = 8_192;

  private final Scan scan;
  private final Consumer<Batch> into;
  private final List<ColumnBuilder> columns = new ArrayList<>();
  private final List<ColumnBuilder> truths = new ArrayList<>();
  private final List<ColumnBuilder> truthTimes = new ArrayList<>();
  private final List<ColumnBuilder> outputs = new ArrayList<>();
  private final List<ColumnBuilder> confidences = new ArrayList<>();
  private final List<ColumnBuilder> latencies = new ArrayList<>();
  private final List<ColumnBuilder> versions = new ArrayList<>();
  private final List<ColumnBuilder> features = new ArrayList<>();
  private final List<ColumnBuilder> probabilities = new ArrayList<>();
  private final List<ColumnBuilder> tags = new ArrayList<>();
  private final FieldReader reader;
  private long[] timesMs = new long[BATCH_ROWS];
  private int rows;

  ColumnScan(Scan scan, Consumer<Batch> into) {
    this.scan = scan;
    this.into = into;
    List<String> featureNames = new ArrayList<>();
    List<String> classNames = new ArrayList<>();
    List<String> tagNames = new ArrayList<>();
    for (Wanted wanted : scan.wanted()) {
      ColumnBuilder column = ColumnBuilder.of(wanted, BATCH_ROWS, scan.maxWords());
      columns.add(column);
      switch (wanted.field()) {
        case Field.Truth() -> truths.add(column);
        case Field.TruthTimeMs() -> truthTimes.add(column);
        case Field.Output() -> outputs.add(column);
        case Field.Confidence() -> confidences.add(column);
        case Field.LatencyMs() -> latencies.add(column);
        case Field.Version() -> versions.add(column);
        case Field.Feature(String name) -> {
          featureNames.add(name);
          features.add(column);
        }
        case Field.Probability(String name) -> {
          classNames.add(name);
          probabilities.add(column);
        }
        case Field.Tag(String name) -> {
          tagNames.add(name);
          tags.add(column);
        }
      }
    }
    this.reader = new FieldReader(featureNames, classNames, tagNames);
  }

  Scan scan() {
    return scan;
  }

  /// In the order in which they were wanted.
  List<ColumnBuilder> columns() {
    return columns;
  }

  void add(StoredRow row) {
    String version = scan.version();
    if (version != null && !RecordCodec.key(row.record()).version().equals(version)) {
      return;
    }
    timesMs[rows] = row.place().timeMs();
    columns.forEach(ColumnBuilder::begin);
    reader.read(row.record(), this);
    TruthHistory history = row.truths();
    if (history != null) {
      GroundTruth truth = history.newest();
      truths.forEach(column -> column.put(truth.value()));
      truthTimes.forEach(column -> column.put((double) truth.timeMs()));
    }
    rows++;
    if (rows == BATCH_ROWS) {
      finish();
    }
  }

  /// Hands on what is left.
  void finish() {
    if (rows > 0) {
      into.accept(new Batch(rows, timesMs, columns.stream().map(ColumnBuilder::take).toList()));
      timesMs = new long[BATCH_ROWS];
      rows = 0;
    }
  }

  /// Several columns may want the same feature, of which the reader mentions the first.
  @Override
  public void feature(int index, ByteSource datum) {
    Datum value = RecordCodec.decodeDatum(datum);
    Field field = features.get(index).field();
    for (int i = index; i < features.size(); i++) {
      if (features.get(i).field().equals(field)) {
        features.get(i).put(value);
      }
    }
  }

  @Override
  public void version(ByteSource text) {
    if (!versions.isEmpty()) {
      String version = text.text();
      if (!version.isEmpty()) {
        versions.forEach(column -> column.put(new Datum.Text(version)));
      }
    }
  }

  @Override
  public void output(ByteSource datum) {
    if (!outputs.isEmpty()) {
      Datum value = RecordCodec.decodeDatum(datum);
      outputs.forEach(column -> column.put(value));
    }
  }

  @Override
  public void confidence(double value) {
    confidences.forEach(column -> column.put(value));
  }

  @Override
  public void latencyMs(double value) {
    latencies.forEach(column -> column.put(value));
  }

  @Override
  public void probability(int index, double value) {
    Field field = probabilities.get(index).field();
    for (int i = index; i < probabilities.size(); i++) {
      if (probabilities.get(i).field().equals(field)) {
        probabilities.get(i).put(value);
      }
    }
  }

  @Override
  public void tag(int index, ByteSource text) {
    Datum value = new Datum.Text(text.text());
    Field field = tags.get(index).field();
    for (int i = index; i < tags.size(); i++) {
      if (tags.get(i).field().equals(field)) {
        tags.get(i).put(value);
      }
    }
  }
}
