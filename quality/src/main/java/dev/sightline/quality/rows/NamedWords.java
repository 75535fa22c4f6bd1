package dev.sightline.quality.rows;

import dev.sightline.model.prediction.PredictionColumns.Batch;
import dev.sightline.model.prediction.PredictionColumns.Column.Texts;
import dev.sightline.model.prediction.PredictionColumns.Field;
import java.util.List;

/// The words of what users call by one name: of the feature, or of the tag where a row has no such
/// feature.
public final class NamedWords {
  /// What rows have whose word was one too many.
  public static final String OTHER = "(other)";

  private final int feature;
  private final int tag;
  private Texts features = new Texts(new int[0], List.of());
  private Texts tags = features;

  public NamedWords(RowScan scan, String name) {
    feature = scan.texts(new Field.Feature(name));
    tag = scan.texts(new Field.Tag(name));
  }

  public void begin(Batch batch) {
    features = RowScan.texts(batch, feature);
    tags = RowScan.texts(batch, tag);
  }

  /// @return empty where the row has neither
  public String at(int row) {
    int code = features.codes()[row];
    return code == Texts.ABSENT ? word(tags, row) : word(features, row);
  }

  private static String word(Texts column, int row) {
    int code = column.codes()[row];
    return switch (code) {
      case Texts.ABSENT -> "";
      case Texts.OTHER -> OTHER;
      default -> column.words().get(code);
    };
  }
}
