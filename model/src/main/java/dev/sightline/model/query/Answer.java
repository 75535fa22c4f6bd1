package dev.sightline.model.query;

import dev.sightline.model.label.Labels;
import dev.sightline.model.series.SampleColumns;
import java.util.List;

/// What a query yields.
///
/// @param warnings texts that say why the result may not be what was meant
/// @param infos texts worth knowing
public record Answer(Result result, List<String> warnings, List<String> infos) {
  public Answer {
    warnings = List.copyOf(warnings);
    infos = List.copyOf(infos);
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
  public record Point(Labels labels, long timestampMs, double value) {}

  /// One row of a matrix; its columns are not changed any more.
  public record Series(Labels labels, SampleColumns samples) {}
}
