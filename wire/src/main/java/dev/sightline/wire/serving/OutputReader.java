package dev.sightline.wire.serving;

import dev.sightline.model.prediction.Datum;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the output, its confidence and the probabilities in one row of a model's answer.
///
/// Certainties outside 0 to 1, after scaling, are no certainties and left out: a score of 7.2 is
/// not a confidence.
final class OutputReader {
  private static final List<String> VALUE_FIELDS =
      List.of(
          "prediction",
          "predicted_label",
          "predicted_class",
          "label",
          "class",
          "category",
          "predict",
          "output",
          "result",
          "value");
  private static final List<String> CONFIDENCE_FIELDS =
      List.of("confidence", "probability", "prob", "proba", "score");
  private static final List<String> PROBABILITIES_FIELDS =
      List.of(
          "probabilities",
          "class_probabilities",
          "probs",
          "probas",
          "predict_proba",
          "scores",
          "probability",
          "prob",
          "proba",
          "confidence");

  private final OutputMapping mapping;
  private final ProbabilityReader probabilityReader;

  OutputReader(OutputMapping mapping) {
    this.mapping = mapping;
    this.probabilityReader = new ProbabilityReader(mapping.classes(), mapping.scale());
  }

  ModelOutput read(Datum row) {
    return switch (row) {
      case Datum.Fields(Map<String, Datum> fields) -> fields(row, fields);
      case Datum.Items(List<Datum> items) -> items(row, items);
      case Datum.Amount(double amount) -> amount(amount);
      case Datum.Text _, Datum.Flag _, Datum.Missing _ -> new ModelOutput(row, null, Map.of());
    };
  }

  private ModelOutput fields(Datum row, Map<String, Datum> fields) {
    Datum value = selected(row, mapping.prediction(), VALUE_FIELDS);
    Datum certainty = selected(row, mapping.confidence(), CONFIDENCE_FIELDS);
    Map<String, Double> probabilities = probabilities(row, value == null);
    if (value == null) {
      return probabilities.isEmpty()
          ? new ModelOutput(row, certainty(certainty), Map.of())
          : likeliest(probabilities, true);
    }
    Double confidence = certainty(certainty);
    if (confidence == null && !probabilities.isEmpty()) {
      confidence = probabilities.get(ModelOutput.className(value));
    }
    return new ModelOutput(value, confidence, probabilities);
  }

  private ModelOutput items(Datum row, List<Datum> items) {
    if (mapping.probabilities() == null || mapping.probabilities().equals(".")) {
      Map<String, Double> probabilities =
          probabilityReader.list(items, mapping.probabilities() != null);
      if (!probabilities.isEmpty()) {
        boolean named = !mapping.classes().isEmpty() || !(items.getFirst() instanceof Datum.Amount);
        return likeliest(probabilities, named);
      }
    }
    return items.size() == 1 ? read(items.getFirst()) : new ModelOutput(row, null, Map.of());
  }

  /// A lone number is the output itself, unless a threshold says that it is a probability.
  private ModelOutput amount(double amount) {
    Double threshold = mapping.threshold();
    Double second = threshold == null ? null : probabilityReader.certainty(amount);
    if (threshold == null || second == null) {
      return new ModelOutput(new Datum.Amount(amount), null, Map.of());
    }
    Map<String, Double> probabilities = new LinkedHashMap<>();
    probabilities.put(mapping.classes().getFirst(), 1 - second);
    probabilities.put(mapping.classes().getLast(), second);
    boolean isSecond = second >= threshold;
    return new ModelOutput(
        new Datum.Text(isSecond ? mapping.classes().getLast() : mapping.classes().getFirst()),
        isSecond ? second : 1 - second,
        probabilities);
  }

  private Map<String, Double> probabilities(Datum row, boolean rowItself) {
    String selector = mapping.probabilities();
    if (selector != null) {
      Datum selected = select(row, selector);
      return selected == null ? Map.of() : probabilityReader.read(selected, true);
    }
    if (row instanceof Datum.Fields(Map<String, Datum> fields)) {
      for (String name : PROBABILITIES_FIELDS) {
        Map<String, Double> found =
            probabilityReader.read(fields.getOrDefault(name, new Datum.Missing()), true);
        if (!found.isEmpty()) {
          return found;
        }
      }
    }
    return rowItself ? probabilityReader.read(row, false) : Map.of();
  }

  /// The class with the highest probability, the first of several; its number where classes have no
  /// names.
  private static ModelOutput likeliest(Map<String, Double> probabilities, boolean named) {
    String best = "";
    double highest = -1;
    int position = 0;
    int bestPosition = 0;
    for (Map.Entry<String, Double> candidate : probabilities.entrySet()) {
      if (candidate.getValue() > highest) {
        best = candidate.getKey();
        highest = candidate.getValue();
        bestPosition = position;
      }
      position++;
    }
    Datum value = named ? new Datum.Text(best) : new Datum.Amount(bestPosition);
    return new ModelOutput(value, highest, probabilities);
  }

  private @Nullable Double certainty(@Nullable Datum value) {
    return value instanceof Datum.Amount(double amount)
        ? probabilityReader.certainty(amount)
        : null;
  }

  private static @Nullable Datum selected(
      Datum row, @Nullable String selector, List<String> usualNames) {
    if (selector != null) {
      return select(row, selector);
    }
    if (row instanceof Datum.Fields(Map<String, Datum> fields)) {
      for (String name : usualNames) {
        if (fields.containsKey(name)) {
          return fields.get(name);
        }
      }
    }
    return null;
  }

  private static @Nullable Datum select(Datum row, String selector) {
    @Nullable Datum selected = row;
    for (String name : selector.split("\\.")) {
      if (!(selected instanceof Datum.Fields(Map<String, Datum> fields))) {
        return null;
      }
      selected = fields.get(name);
    }
    return selected;
  }
}
