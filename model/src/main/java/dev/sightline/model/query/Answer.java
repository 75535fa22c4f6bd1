package dev.sightline.model.query;

import dev.sightline.model.histogram.NativeHistogram;
import dev.sightline.model.label.Labels;
import dev.sightline.model.series.SampleColumns;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a query yields.
///
/// @param warnings texts that say why the result may not be what was meant
/// @param infos texts worth knowing
/// @param cost what it took
public record Answer(Result result, List<String> warnings, List<String> infos, Cost cost) {
  public Answer {
    warnings = List.copyOf(warnings);
    infos = List.copyOf(infos);
  }

  /// An answer of which nobody asks what it took.
  public Answer(Result result, List<String> warnings, List<String> infos) {
    this(result, warnings, infos, Cost.UNKNOWN);
  }

  /// What an answer took.
  ///
  /// @param samples that were read
  /// @param heldBytes of memory, by the query's own account
  public record Cost(long samples, long heldBytes, Duration elapsed) {
    public static final Cost UNKNOWN = new Cost(0, 0, Duration.ZERO);
  }

  /// The four types of value that PromQL has.
  public sealed interface Result {}

  public record Scalar(long timestampMs, double value) implements Result {}

  public record Text(long timestampMs, String value) implements Result {}

  /// @param points in the order that the query asks for; otherwise unspecified
  public record Vector(List<Point> points) implements Result {
    public Vector {
      points = List.copyOf(points);
    }
  }

  /// @param series sorted by labels; none of them empty
  public record Matrix(List<Series> series) implements Result {
    public Matrix {
      series = List.copyOf(series);
    }
  }

  /// One element of a vector.
  ///
  /// @param value of a float
  /// @param histogram the value where it is a histogram, otherwise null
  public record Point(
      Labels labels, long timestampMs, double value, @Nullable NativeHistogram histogram) {
    /// A float.
    public Point(Labels labels, long timestampMs, double value) {
      this(labels, timestampMs, value, null);
    }

    public Point(Labels labels, long timestampMs, NativeHistogram histogram) {
      this(labels, timestampMs, histogram.sum(), histogram);
    }
  }

  /// One row of a matrix; its columns are not changed any more.
  public record Series(Labels labels, SampleColumns samples) {}
}
