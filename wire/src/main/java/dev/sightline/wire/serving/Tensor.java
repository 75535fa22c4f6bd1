package dev.sightline.wire.serving;

import dev.sightline.model.prediction.Datum;
import java.util.ArrayList;
import java.util.List;

/// A named tensor of the Open Inference Protocol, its values in row-major order.
///
/// @param shape never empty for values that have rows
record Tensor(String name, List<Long> shape, List<Datum> values) {
  Tensor {
    shape = List.copyOf(shape);
    values = List.copyOf(values);
    long size = size(shape);
    if (size != values.size()) {
      throw new PayloadException(
          "tensor " + name + " has " + values.size() + " values for the shape " + shape);
    }
  }

  /// How many values a shape holds.
  ///
  /// @throws PayloadException if the shape holds more than any body that is read
  static long size(List<Long> shape) {
    long size = 1;
    for (long dimension : shape) {
      if (dimension < 0 || dimension > Integer.MAX_VALUE || size > Integer.MAX_VALUE) {
        throw new PayloadException("the shape " + shape + " is none that can be read");
      }
      size *= dimension;
    }
    return size;
  }

  /// The first dimension; 1 for a single value.
  long rowCount() {
    return shape.isEmpty() ? 1 : shape.getFirst();
  }

  /// All that belongs to one row: the value itself where it is one, else nested lists.
  Datum row(int row) {
    if (shape.isEmpty()) {
      return values.getFirst();
    }
    int width = (int) (values.size() / rowCount());
    List<Datum> cells = values.subList(row * width, (row + 1) * width);
    return width == 1 ? cells.getFirst() : nested(cells, shape.subList(1, shape.size()));
  }

  /// Everything, as one row.
  Datum whole() {
    return values.size() == 1 ? values.getFirst() : nested(values, shape);
  }

  private static Datum nested(List<Datum> values, List<Long> shape) {
    if (shape.size() <= 1) {
      return new Datum.Items(values);
    }
    int count = shape.getFirst().intValue();
    if (values.isEmpty()) {
      return new Datum.Items(List.of());
    }
    int width = values.size() / count;
    List<Datum> parts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      parts.add(nested(values.subList(i * width, (i + 1) * width), shape.subList(1, shape.size())));
    }
    return new Datum.Items(parts);
  }
}
