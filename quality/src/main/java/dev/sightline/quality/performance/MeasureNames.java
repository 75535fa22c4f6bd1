package dev.sightline.quality.performance;

import dev.sightline.model.query.QueryException;
import dev.sightline.stats.measure.ClassMeasure;
import dev.sightline.stats.measure.RegressionMeasure;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The names of measures, and which end of each is the bad one.
final class MeasureNames {
  private static final List<String> SCORED =
      List.of(
          "roc_auc",
          "roc_auc_ovo",
          "average_precision",
          "top_2",
          "top_3",
          "top_5",
          "top_10",
          "log_loss",
          "brier",
          "ece",
          "mce");
  private static final Set<String> HIGHER_IS_BETTER =
      Set.of("r2", "explained_variance", "roc_auc", "roc_auc_ovo", "average_precision");

  private MeasureNames() {}

  /// @throws QueryException if the task has no such measure
  static String checked(String name, Task task, double beta) {
    Set<String> known = of(task, beta);
    if (!known.contains(name)) {
      throw new QueryException.Failed(
          "there is no measure \""
              + name
              + "\" of "
              + task.word()
              + "; there are "
              + String.join(", ", known));
    }
    return name;
  }

  private static Set<String> of(Task task, double beta) {
    return switch (task) {
      case CLASSIFICATION -> {
        Set<String> names =
            Arrays.stream(ClassMeasure.values())
                .map(measure -> ClassScores.name(measure, beta))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        names.addAll(SCORED);
        yield names;
      }
      case REGRESSION -> {
        Set<String> names =
            Arrays.stream(RegressionMeasure.values())
                .map(NumberScores::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        names.addAll(List.of("median_ae", "tweedie_deviance"));
        yield names;
      }
    };
  }

  /// @return null for a measure that needs more than counts
  static @Nullable ClassMeasure ofCounts(String name) {
    for (ClassMeasure measure : ClassMeasure.values()) {
      boolean isUsual = ClassScores.name(measure, MeasureRules.USUAL_BETA).equals(name);
      if (isUsual || measure.name().toLowerCase(Locale.ROOT).equals(name)) {
        return measure;
      }
    }
    return null;
  }

  /// A number that is the smaller, the worse the value is.
  static double goodness(String name, double value) {
    if (name.equals("me")) {
      return -Math.abs(value);
    }
    return isLoss(name) ? -value : value;
  }

  private static boolean isLoss(String name) {
    ClassMeasure measure = ofCounts(name);
    if (measure != null) {
      return measure == ClassMeasure.HAMMING_LOSS;
    }
    return !HIGHER_IS_BETTER.contains(name) && !name.startsWith("top_");
  }
}
