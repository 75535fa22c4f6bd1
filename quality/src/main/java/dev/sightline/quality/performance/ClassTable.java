package dev.sightline.quality.performance;

import dev.sightline.stats.measure.ClassProbabilities;
import dev.sightline.stats.measure.ConfusionCounts;
import dev.sightline.stats.measure.ScoredTruths;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The counts and scores of one group, its classes in the order in which they are shown.
final class ClassTable {
  private final List<String> classes;
  private final int[] places;
  private final ScoreColumns columns;
  private final ConfusionCounts counts;
  private final ScoredRows scored;
  private final long n;

  private ClassTable(ClassPass pass, ClassGroup group, List<String> classes, int[] places) {
    this.classes = classes;
    this.places = places;
    this.columns = pass.scoreColumns();
    this.scored = group.scored();
    this.n = group.n();
    this.counts = new ConfusionCounts(classes.size());
    ConfusionCounts met = group.counts();
    for (int truth = 0; truth < met.classes(); truth++) {
      for (int prediction = 0; prediction < met.classes(); prediction++) {
        long count = met.count(truth, prediction);
        if (count > 0) {
          counts.add(places[truth], places[prediction], count);
        }
      }
    }
  }

  /// @param groups how many, from 0
  static List<ClassTable> of(ClassPass pass, int groups) {
    List<String> classes = List.copyOf(pass.codes().sorted());
    int[] places = pass.codes().places();
    List<ClassTable> tables = new ArrayList<>();
    for (int group = 0; group < groups; group++) {
      tables.add(new ClassTable(pass, pass.group(group), classes, places));
    }
    return tables;
  }

  /// That of one group.
  static ClassTable at(ClassPass pass, int group) {
    return new ClassTable(
        pass, pass.group(group), List.copyOf(pass.codes().sorted()), pass.codes().places());
  }

  List<String> classes() {
    return classes;
  }

  ConfusionCounts counts() {
    return counts;
  }

  long n() {
    return n;
  }

  /// Rows that scores stand on.
  int scoredRows() {
    return scored.kept();
  }

  boolean isSampled() {
    return scored.seen() > scored.kept();
  }

  /// Whether there is a probability of each class, sent or left over from the other.
  boolean hasProbabilities() {
    return scored.kept() > 0
        && classes.size() >= 2
        && (!columns.classes().isEmpty() || classes.size() == 2);
  }

  /// The probabilities of one class beside whether it was the true one. Only where
  /// [#hasProbabilities].
  ScoredTruths against(int oneClass) {
    return ScoredTruths.of(probabilities(oneClass), isTrue(oneClass));
  }

  double[] probabilities(int oneClass) {
    double[] values = new double[scored.kept()];
    for (int row = 0; row < values.length; row++) {
      values[row] = probability(row, oneClass);
    }
    return values;
  }

  boolean[] isTrue(int oneClass) {
    boolean[] truths = new boolean[scored.kept()];
    for (int row = 0; row < truths.length; row++) {
      truths[row] = places[scored.truth(row)] == oneClass;
    }
    return truths;
  }

  /// Only where [#hasProbabilities].
  ClassProbabilities matrix() {
    int width = classes.size();
    int[] truths = new int[scored.kept()];
    double[] values = new double[truths.length * width];
    for (int each = 0; each < width; each++) {
      int column = column(each);
      for (int row = 0; row < truths.length; row++) {
        values[row * width + each] = probability(row, each, column);
      }
    }
    for (int row = 0; row < truths.length; row++) {
      truths[row] = places[scored.truth(row)];
    }
    return new ClassProbabilities(truths, values, width);
  }

  /// The probability of what was predicted, of each scored row.
  double[] confidences() {
    double[] values = new double[scored.kept()];
    for (int row = 0; row < values.length; row++) {
      values[row] =
          columns.classes().isEmpty()
              ? scored.score(row, 0)
              : probability(row, places[scored.prediction(row)]);
    }
    return values;
  }

  /// Whether each scored row was predicted as it is.
  boolean[] isCorrect() {
    boolean[] correct = new boolean[scored.kept()];
    for (int row = 0; row < correct.length; row++) {
      correct[row] = scored.truth(row) == scored.prediction(row);
    }
    return correct;
  }

  private double probability(int row, int oneClass) {
    return probability(row, oneClass, column(oneClass));
  }

  private double probability(int row, int oneClass, int column) {
    if (columns.classes().isEmpty()) {
      double confidence = scored.score(row, 0);
      return places[scored.prediction(row)] == oneClass ? confidence : 1 - confidence;
    }
    if (column >= 0) {
      return scored.score(row, column);
    }
    boolean isOtherOfTwo = classes.size() == 2 && columns.classes().size() == 1;
    return isOtherOfTwo ? 1 - scored.score(row, 0) : 0;
  }

  /// @return -1 for a class whose probability is never sent
  private int column(int oneClass) {
    return columns.classes().indexOf(classes.get(oneClass));
  }

  /// @return null where no scored class has this name
  @Nullable Integer number(String name) {
    int number = classes.indexOf(name);
    return number < 0 ? null : number;
  }
}
