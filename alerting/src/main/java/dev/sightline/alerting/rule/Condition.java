package dev.sightline.alerting.rule;

import dev.sightline.model.histogram.NativeHistogram;
import dev.sightline.model.label.Labels;
import dev.sightline.model.query.Answer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a rule watches: an expression of some language that yields what is the case.
///
/// Safe for any number of threads.
public interface Condition {
  /// The expression, as the language prints it.
  String text();

  /// @param atMs Unix milliseconds
  /// @return each set of labels once; none where all is well
  /// @throws dev.sightline.model.query.QueryException if nobody can tell now
  List<Breach> evaluate(long atMs);

  /// Something that is the case: one element of the expression's value.
  ///
  /// @param labels with `__name__`, if the expression yields one
  /// @param value 0 where it is a histogram
  /// @param histogram null for a number
  record Breach(Labels labels, double value, @Nullable NativeHistogram histogram) {
    public Breach(Labels labels, double value) {
      this(labels, value, null);
    }

    /// What an element of a vector is.
    public static Breach of(Answer.Point point) {
      return new Breach(
          point.labels(), point.histogram() == null ? point.value() : 0, point.histogram());
    }
  }

  /// Reads expressions of one language.
  @FunctionalInterface
  interface Language {
    /// @throws dev.sightline.model.query.QueryException.BadQuery if the text is none
    Condition read(String expression);
  }
}
