package dev.sightline.quality.performance;

import dev.sightline.model.query.QueryException;
import dev.sightline.stats.measure.ClassMeasure;
import dev.sightline.stats.measure.RankingMeasure;
import dev.sightline.stats.measure.RankingSums.Cut;
import dev.sightline.stats.measure.RegressionMeasure;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The names of measures, and which end of each is the bad one.
final class MeasureNames {
  private static final List<String> SCORED =
      List.of("roc_auc", "roc_auc_ovo", "average_precision", "log_loss", "brier", "ece", "mce");
  private static final List<String> OF_ROWS = List.of("median_ae", "tweedie_deviance");
  private static final Set<String> HIGHER_IS_BETTER =
      Set.of("r2", "explained_variance", "roc_auc", "roc_auc_ovo", "average_precision");

  /// Those whose value on some rows is no mean of something of each row.
  private static final Set<String> NO_MEANS =
      Set.of("rmse", "r2", "explained_variance", "max_error", "median_ae");

  private MeasureNames() {}

  /// @param name null for the one that stands in front
  /// @throws QueryException if the task has no such measure
  static String checked(@Nullable String name, Task task, MeasureVariants variants) {
    if (name == null) {
      return usual(task, variants);
    }
    Set<String> known = of(task, variants);
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

  private static String usual(Task task, MeasureVariants variants) {
    return switch (task) {
      case CLASSIFICATION -> "accuracy";
      case REGRESSION -> "mae";
      case RANKING ->
          RankingPass.name(new Cut(RankingMeasure.NDCG, variants.placesOfRankings().getLast()));
      case GENERATION -> GenerationPass.LATENCY;
    };
  }

  private static Set<String> of(Task task, MeasureVariants variants) {
    Set<String> names = new LinkedHashSet<>();
    switch (task) {
      case CLASSIFICATION -> {
        for (ClassMeasure measure : ClassMeasure.values()) {
          names.add(ClassScores.name(measure, variants.beta()));
        }
        names.addAll(SCORED);
        variants.placesOfClasses().forEach(k -> names.add(ClassScores.topName(k)));
      }
      case REGRESSION -> {
        Arrays.stream(RegressionMeasure.values()).map(NumberScores::name).forEach(names::add);
        names.addAll(OF_ROWS);
      }
      case RANKING -> {
        for (RankingMeasure measure : RankingMeasure.values()) {
          Stream<Integer> places =
              measure.isCut() ? variants.placesOfRankings().stream() : Stream.of(0);
          places.map(k -> RankingPass.name(new Cut(measure, k))).forEach(names::add);
        }
      }
      case GENERATION -> {
        names.add(GenerationPass.LATENCY);
        names.addAll(GenerationPass.COUNTS);
      }
    }
    return names;
  }

  /// @return null for a measure that needs more than counts
  static @Nullable ClassMeasure ofCounts(String name) {
    for (ClassMeasure measure : ClassMeasure.values()) {
      boolean isUsual = ClassScores.name(measure, MeasureVariants.USUAL_BETA).equals(name);
      if (isUsual || measure.name().toLowerCase(Locale.ROOT).equals(name)) {
        return measure;
      }
    }
    return null;
  }

  /// Whether the measure of a whole is the mean of those of its parts, each by its rows.
  static boolean isMean(String name) {
    return !NO_MEANS.contains(name);
  }

  /// A number that is the smaller, the worse the value is.
  static double goodness(String name, Task task, double value) {
    if (name.equals("me")) {
      return -Math.abs(value);
    }
    return isLoss(name, task) ? -value : value;
  }

  private static boolean isLoss(String name, Task task) {
    return switch (task) {
      case CLASSIFICATION -> {
        ClassMeasure measure = ofCounts(name);
        yield measure != null
            ? measure == ClassMeasure.HAMMING_LOSS
            : !HIGHER_IS_BETTER.contains(name) && !name.startsWith("top_");
      }
      case REGRESSION -> !HIGHER_IS_BETTER.contains(name);
      case RANKING -> false;
      case GENERATION -> true;
    };
  }
}
