package dev.sightline.api.models.filter;

import dev.sightline.api.models.filter.RowFilter.Operand;
import dev.sightline.api.models.filter.RowFilter.Operator;
import dev.sightline.api.models.filter.RowFilter.Place;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionSource.Labelled;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Says of a prediction whether it is as a filter wants it. Safe for any number of threads.
///
/// A comparison with a value that is absent, null, a list or an object is false, also with `!=`.
/// Values are equal when they are the same number or the same word; a number's word is what JSON
/// writes, whole ones without a fraction. Only numbers are less or more.
public record RowMatch(RowFilter filter) implements Predicate<Labelled> {
  private static final double EXACT_INTEGERS = 1L << 53;

  @Override
  public boolean test(Labelled row) {
    return test(filter, row);
  }

  private static boolean test(RowFilter filter, Labelled row) {
    return switch (filter) {
      case RowFilter.Both(RowFilter left, RowFilter right) -> test(left, row) && test(right, row);
      case RowFilter.Either(RowFilter left, RowFilter right) -> test(left, row) || test(right, row);
      case RowFilter.Not(RowFilter operand) -> !test(operand, row);
      case RowFilter.Has(Place place) -> {
        Datum value = value(place, row);
        yield value != null && !(value instanceof Datum.Missing);
      }
      case RowFilter.Comparison(Operand left, Operator operator, Operand right) ->
          compare(value(left, row), operator, value(right, row));
    };
  }

  private static boolean compare(@Nullable Datum left, Operator operator, @Nullable Datum right) {
    if (operator == Operator.EQUAL || operator == Operator.UNEQUAL) {
      String leftWord = word(left);
      String rightWord = word(right);
      return leftWord != null
          && rightWord != null
          && leftWord.equals(rightWord) == (operator == Operator.EQUAL);
    }
    if (!(left instanceof Datum.Amount(double less))
        || !(right instanceof Datum.Amount(double more))) {
      return false;
    }
    return switch (operator) {
      case LESS -> less < more;
      case AT_MOST -> less <= more;
      case MORE -> less > more;
      case AT_LEAST -> less >= more;
      case EQUAL, UNEQUAL -> throw new IllegalStateException("BUG: compared as words");
    };
  }

  private static @Nullable String word(@Nullable Datum value) {
    return switch (value) {
      case Datum.Text(String text) -> text;
      case Datum.Flag(boolean flag) -> Boolean.toString(flag);
      case Datum.Amount(double number)
          when number == Math.rint(number) && Math.abs(number) < EXACT_INTEGERS ->
          Long.toString((long) number);
      case Datum.Amount(double number) -> Double.toString(number);
      case Datum.Missing _, Datum.Items _, Datum.Fields _ -> null;
      case null -> null;
    };
  }

  private static @Nullable Datum value(Operand operand, Labelled row) {
    Prediction prediction = row.prediction();
    GroundTruth truth = row.truth();
    return switch (operand) {
      case RowFilter.Constant(Datum value) -> value;
      case Place.Id() -> new Datum.Text(prediction.id());
      case Place.Version() ->
          prediction.version().isEmpty() ? null : new Datum.Text(prediction.version());
      case Place.Output() -> prediction.output();
      case Place.Truth() -> truth == null ? null : truth.value();
      case Place.Confidence() -> amount(prediction.confidence());
      case Place.LatencyMs() -> amount(prediction.latencyMs());
      case Place.Feature(String name) -> prediction.features().get(name);
      case Place.Probability(String name) -> amount(prediction.probabilities().get(name));
      case Place.Tag(String name) -> {
        String text = prediction.tags().get(name);
        yield text == null ? null : new Datum.Text(text);
      }
    };
  }

  private static @Nullable Datum amount(@Nullable Double value) {
    return value == null ? null : new Datum.Amount(value);
  }
}
