package dev.sightline.template.function;

import dev.sightline.model.label.Labels;
import java.util.List;

/// Answers `{{ query "…" }}`.
@FunctionalInterface
public interface TemplateQueries {
  /// @return the elements of the vector, or a scalar as one element without labels
  /// @throws dev.sightline.template.TemplateFunction.Refusal if there is no answer
  List<Element> query(String expression);

  /// One element of a vector.
  record Element(Labels labels, double value) {}
}
