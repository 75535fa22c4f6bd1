package dev.sightline.wire.whylogs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One profile: what a client saw of each column in a span of time.
///
/// @param version of the format: 0 or 1
/// @param datasetMs the time the rows belong to, Unix milliseconds
/// @param columns by name
/// @param scores of a classifier, null where there are none
public record WhylogsProfile(
    int version,
    long datasetMs,
    Map<String, String> tags,
    Map<String, String> metadata,
    Map<String, Map<String, Component>> columns,
    @Nullable ScoreMatrix scores) {
  public WhylogsProfile {
    tags = Map.copyOf(tags);
    metadata = Map.copyOf(metadata);
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }

  /// One metric of a column, by its path in whylogs's words, such as `counts/n` or
  /// `distribution/kll`.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public sealed interface Component {
    /// A count, or a whole extreme.
    record Whole(long value) implements Component {}

    record Real(double value) implements Component {}

    /// A KLL sketch of doubles, or of floats in old files of version 0, as Apache DataSketches
    /// reads it.
    record Quantiles(byte[] sketch) implements Component {}

    /// A HyperLogLog sketch.
    record Distinct(byte[] sketch) implements Component {}

    /// A frequent-items sketch of texts.
    record Frequent(byte[] sketch) implements Component {}

    /// Anything else, as it was written.
    record Other(byte[] bytes) implements Component {}
  }

  /// How often each class was predicted for each truth, with the scores.
  ///
  /// @param labels of the classes
  /// @param cells by prediction, then by truth: count, mean, squares and sketch of scores
  public record ScoreMatrix(
      String predictionField,
      String targetField,
      String scoreField,
      List<String> labels,
      List<Cell> cells) {
    public ScoreMatrix {
      labels = List.copyOf(labels);
      cells = List.copyOf(cells);
    }

    /// Scores of one prediction and truth.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Cell(long count, double mean, double squares, byte[] quantiles) {}

    public Cell cell(int predicted, int truth) {
      return cells.get(predicted * labels.size() + truth);
    }
  }
}
