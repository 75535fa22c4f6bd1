package dev.sightline.quality.performance;

import dev.sightline.model.query.QueryException;
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
  private final long labelled;

  private ClassTable(ClassPass pass, ClassGroup group, List<String> classes, int[] places) {
    this.classes = classes;
    this.places = places;
    this.columns = pass.scoreColumns();
    this.scored = group.scored();
    this.n = group.n();
    this.counts = new ConfusionCounts(classes.size());
    ConfusionCounts met = group.counts();
    this.labelled = met.n();
    for (int truth = 0; truth < met.classes(); truth++) {
      for (int prediction = 0; prediction < met.classes(); prediction++) {
        long count = met.count(truth, prediction);
        if (count > 0) {
          counts.add(places[truth], places[prediction], count);
        }
      }
    }
  }

  /// The same rows with other decisions.
  private ClassTable(ClassTable table, ConfusionCounts decided) {
    this.classes = table.classes;
    this.places = table.places;
    this.columns = table.columns;
    this.counts = decided;
    this.scored = table.scored;
    this.n = table.n;
    this.labelled = table.labelled;
  }

  /// Where the rules name a threshold, counts are of what it decides on scored rows.
  ///
  /// @param groups how many, from 0
  /// @throws QueryException if a threshold is asked for where there are none
  static List<ClassTable> of(ClassPass pass, int groups, MeasureRules rules) {
    List<ClassTable> tables = of(pass, groups);
    Double threshold = rules.variants().threshold();
    if (threshold == null || tables.stream().allMatch(table -> table.labelled == 0)) {
      return tables;
    }
    List<String> classes = tables.getFirst().classes;
    String positive = ClassReports.positive(rules, classes);
    if (classes.size() != 2 || positive == null) {
      throw new QueryException.Failed("a threshold needs two classes; there are " + classes.size());
    }
    if (tables.stream().noneMatch(ClassTable::hasProbabilities)) {
      throw new QueryException.Failed("labels only: a threshold needs probabilities");
    }
    int number = classes.indexOf(positive);
    return tables.stream().map(table -> table.decidedFrom(threshold, number)).toList();
  }

  private ClassTable decidedFrom(double threshold, int positive) {
    ConfusionCounts decided = new ConfusionCounts(classes.size());
    for (int row = 0; row < scored.kept(); row++) {
      boolean found = probability(row, positive) >= threshold;
      decided.add(places[scored.truth(row)], found ? positive : 1 - positive);
    }
    return new ClassTable(this, decided);
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

  /// Predictions whose truth is known and comparable.
  long labelled() {
    return labelled;
  }

  /// How many rows a scored one stands for.
  double rowsPerScored() {
    return scored.kept() == 0 ? 1 : (double) scored.seen() / scored.kept();
  }

  /// The true class of each scored row.
  int[] truths() {
    int[] truths = new int[scored.kept()];
    for (int row = 0; row < truths.length; row++) {
      truths[row] = places[scored.truth(row)];
    }
    return truths;
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
    int[] truths = truths();
    double[] values = new double[truths.length * width];
    for (int each = 0; each < width; each++) {
      int column = column(each);
      for (int row = 0; row < truths.length; row++) {
        values[row * width + each] = probability(row, each, column);
      }
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
