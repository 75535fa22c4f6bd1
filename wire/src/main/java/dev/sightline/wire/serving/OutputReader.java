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
      case Datum.Fields _ -> fields(row);
      case Datum.Items(List<Datum> items) -> items(row, items);
      case Datum.Amount(double amount) -> amount(amount);
      case Datum.Text _, Datum.Flag _, Datum.Missing _ -> new ModelOutput(row, null, Map.of());
    };
  }

  private ModelOutput fields(Datum row) {
    Datum value = selected(row, mapping.prediction(), VALUE_FIELDS);
    if (value instanceof Datum.Amount(double amount)) {
      value = named(amount);
    }
    Double confidence = certainty(selected(row, mapping.confidence(), CONFIDENCE_FIELDS));
    Map<String, Double> probabilities = probabilities(row, value == null);
    OutputMapping.Binary binary = mapping.binary();
    if (binary != null && confidence != null && probabilities.isEmpty()) {
      // Said of the positive class, whichever class the answer names.
      probabilities = complemented(binary, confidence);
      confidence = null;
    }
    if (value == null) {
      return probabilities.isEmpty()
          ? new ModelOutput(row, confidence, Map.of())
          : judged(probabilities, true);
    }
    if (confidence == null && !probabilities.isEmpty()) {
      confidence = probabilities.get(ModelOutput.className(value));
    }
    return new ModelOutput(value, confidence, probabilities);
  }

  private ModelOutput items(Datum row, List<Datum> items) {
    Selector selector = mapping.probabilities();
    if (selector == null || selector.isWhole()) {
      Map<String, Double> probabilities = probabilityReader.list(items, selector != null);
      if (!probabilities.isEmpty()) {
        boolean named = !mapping.classes().isEmpty() || !(items.getFirst() instanceof Datum.Amount);
        return judged(probabilities, named);
      }
    }
    if (mapping.selects() && (selector == null || !selector.isWhole())) {
      return fields(row);
    }
    return items.size() == 1 ? read(items.getFirst()) : new ModelOutput(row, null, Map.of());
  }

  /// A lone number is the output itself, unless the configuration says that it is a probability.
  private ModelOutput amount(double amount) {
    OutputMapping.Binary binary = mapping.binary();
    Double positive = binary == null ? null : probabilityReader.certainty(amount);
    return binary == null || positive == null
        ? new ModelOutput(named(amount), null, Map.of())
        : judged(complemented(binary, positive), true);
  }

  /// In the order of the classes, so that the same model always answers the same way round.
  private Map<String, Double> complemented(OutputMapping.Binary binary, double positive) {
    Map<String, Double> probabilities = new LinkedHashMap<>();
    for (String name : mapping.classes()) {
      probabilities.put(name, name.equals(binary.positive()) ? positive : 1 - positive);
    }
    return probabilities;
  }

  /// A number that is no class itself is the position of one, where classes have names.
  private Datum named(double amount) {
    List<String> classes = mapping.classes();
    Datum number = new Datum.Amount(amount);
    boolean position =
        amount == Math.rint(amount)
            && amount >= 0
            && amount < classes.size()
            && !classes.contains(ModelOutput.className(number));
    return position ? new Datum.Text(classes.get((int) amount)) : number;
  }

  private Map<String, Double> probabilities(Datum row, boolean rowItself) {
    Selector selector = mapping.probabilities();
    if (selector != null) {
      Datum selected = selector.select(row);
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

  /// The class that the threshold decides for, or else the likeliest.
  private ModelOutput judged(Map<String, Double> probabilities, boolean named) {
    OutputMapping.Binary binary = mapping.binary();
    Double positive = binary == null ? null : probabilities.get(binary.positive());
    if (binary == null || positive == null) {
      return likeliest(probabilities, named);
    }
    String decided = positive >= binary.threshold() ? binary.positive() : binary.negative();
    return new ModelOutput(new Datum.Text(decided), probabilities.get(decided), probabilities);
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
      Datum row, @Nullable Selector selector, List<String> usualNames) {
    if (selector != null) {
      return selector.select(row);
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
}
