package dev.sightline.alerting.rule;

import dev.sightline.model.label.Labels;
import java.util.List;

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
  record Breach(Labels labels, double value) {}

  /// Reads expressions of one language.
  @FunctionalInterface
  interface Language {
    /// @throws dev.sightline.model.query.QueryException.BadQuery if the text is none
    Condition read(String expression);
  }
}
