package dev.sightline.api.models.filter;

import dev.sightline.model.prediction.Datum;

/// Which predictions are wanted, as parsed: data only. [RowMatch] says what each kind means.
public sealed interface RowFilter {
  record Both(RowFilter left, RowFilter right) implements RowFilter {}

  record Either(RowFilter left, RowFilter right) implements RowFilter {}

  record Not(RowFilter operand) implements RowFilter {}

  /// There is a value, and not null.
  record Has(Place place) implements RowFilter {}

  record Comparison(Operand left, Operator operator, Operand right) implements RowFilter {}

  enum Operator {
    EQUAL,
    UNEQUAL,
    LESS,
    AT_MOST,
    MORE,
    AT_LEAST
  }

  /// One side of a comparison.
  sealed interface Operand {}

  record Constant(Datum value) implements Operand {}

  /// Where in a prediction a value stands.
  sealed interface Place extends Operand {
    record Id() implements Place {}

    record Version() implements Place {}

    record Output() implements Place {}

    record Truth() implements Place {}

    record Confidence() implements Place {}

    record LatencyMs() implements Place {}

    record Feature(String name) implements Place {}

    record Probability(String className) implements Place {}

    record Tag(String name) implements Place {}
  }
}
