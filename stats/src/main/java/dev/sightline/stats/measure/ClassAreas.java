package dev.sightline.stats.measure;

/// Areas under the ROC curves and the average precision of many classes, by the definitions of
/// scikit-learn, each with the interval that the influences of rows give it.
///
/// For areas under ROC curves this is the method of DeLong, added up over classes.
public final class ClassAreas {
  private final ClassProbabilities rows;
  private final double level;

  /// @param level of the intervals, such as 0.95
  public ClassAreas(ClassProbabilities rows, double level) {
    this.rows = rows;
    this.level = level;
  }

  /// The mean over classes of the ROC area of each against all others.
  ///
  /// @param averaging macro, weighted by true cases, or micro: all decisions as one binary problem
  public Measured rocOneVersusRest(Averaging averaging) {
    if (averaging == Averaging.MICRO) {
      return pooled(Roc::new, Interval.Kind.DELONG);
    }
    return mean(averaging, Roc::new, Interval.Kind.DELONG);
  }

  /// The mean over classes of the average precision of each against all others.
  ///
  /// @param averaging macro, weighted by true cases, or micro: all decisions as one binary problem
  public Measured averagePrecision(Averaging averaging) {
    if (averaging == Averaging.MICRO) {
      return pooled(Precision::new, Interval.Kind.INFLUENCE);
    }
    return mean(averaging, Precision::new, Interval.Kind.INFLUENCE);
  }

  /// An area of one binary problem, and what each case does to it.
  private interface Area {
    double value();

    double influence(double score, boolean positive);
  }

  private interface Kind {
    Area of(ScoredTruths scored);
  }

  private record Roc(ScoredTruths scored, double value) implements Area {
    Roc(ScoredTruths scored) {
      this(scored, scored.areaUnderRoc());
    }

    @Override
    public double influence(double score, boolean positive) {
      return scored.rocInfluence(score, positive, value);
    }
  }

  private record Precision(PrecisionSteps steps) implements Area {
    Precision(ScoredTruths scored) {
      this(new PrecisionSteps(scored));
    }

    @Override
    public double value() {
      return steps.average();
    }

    @Override
    public double influence(double score, boolean positive) {
      return steps.influence(score, positive);
    }
  }

  private Measured mean(Averaging averaging, Kind kind, Interval.Kind method) {
    int n = rows.truth().length;
    boolean weighted = averaging == Averaging.WEIGHTED;
    Influences influences = new Influences(n);
    double value = 0;
    long rarest = n;
    for (int each = 0; each < rows.classes(); each++) {
      ScoredTruths scored = rows.oneVersusRest(each);
      if (scored.positives() == 0 || scored.negatives() == 0) {
        return oneSided(each, scored.positives() == 0);
      }
      rarest = Math.min(rarest, scored.positives());
      Area area = kind.of(scored);
      double weight = weighted ? (double) scored.positives() / n : 1.0 / rows.classes();
      value += weight * area.value();
      for (int place = 0; place < influences.size(); place++) {
        int row = influences.row(place);
        boolean positive = rows.truth()[row] == each;
        double moved = weight * area.influence(rows.of(row, each), positive);
        // The weight of a class moves with its cases, too.
        influences.add(place, weighted && positive ? moved + area.value() : moved);
      }
    }
    return known(value, influences, rarest, method);
  }

  /// Each class of each row is a decision of its own; a row still counts once.
  private Measured pooled(Kind kind, Interval.Kind method) {
    int n = rows.truth().length;
    if (n == 0) {
      return new Measured.NotEnough(0, 1);
    }
    boolean[] positive = new boolean[rows.probabilities().length];
    for (int row = 0; row < n; row++) {
      positive[row * rows.classes() + rows.truth()[row]] = true;
    }
    Area area = kind.of(ScoredTruths.of(rows.probabilities(), positive));
    Influences influences = new Influences(n);
    for (int place = 0; place < influences.size(); place++) {
      int row = influences.row(place);
      double moved = 0;
      for (int each = 0; each < rows.classes(); each++) {
        moved += area.influence(rows.of(row, each), rows.truth()[row] == each);
      }
      influences.add(place, moved / rows.classes());
    }
    return known(area.value(), influences, n, method);
  }

  /// The mean over all pairs of classes of the area between the two, each scored by either's
  /// probability: D. Hand and R. Till, "A simple generalisation of the area under the ROC curve for
  /// multiple class classification problems" (2001).
  ///
  /// @param averaging macro, or weighted by the cases of each pair
  public Measured rocOneVersusOne(Averaging averaging) {
    int n = rows.truth().length;
    int[] support = support();
    for (int each = 0; each < support.length; each++) {
      if (support[each] == 0) {
        return oneSided(each, true);
      }
    }
    boolean weighted = averaging == Averaging.WEIGHTED;
    int pairs = rows.classes() * (rows.classes() - 1) / 2;
    Influences influences = new Influences(n);
    double value = 0;
    for (int first = 0; first < rows.classes(); first++) {
      for (int second = first + 1; second < rows.classes(); second++) {
        double cases = support[first] + support[second];
        double weight = weighted ? cases / n / (rows.classes() - 1) : 1.0 / pairs;
        value += weight * addPair(influences, first, second, weight * n / cases, weighted);
      }
    }
    long rarest = n;
    for (int each : support) {
      rarest = Math.min(rarest, each);
    }
    return known(value, influences, rarest, Interval.Kind.DELONG);
  }

  /// @param scale of the influence of a case of the pair on the whole
  /// @return the mean of the areas by the score of the first and of the second
  private double addPair(
      Influences influences, int first, int second, double scale, boolean weighted) {
    Roc byFirst = new Roc(rows.pair(first, second));
    Roc bySecond = new Roc(rows.pair(second, first));
    double mean = (byFirst.value() + bySecond.value()) / 2;
    for (int place = 0; place < influences.size(); place++) {
      int row = influences.row(place);
      int truth = rows.truth()[row];
      if (truth == first || truth == second) {
        double moved =
            (byFirst.influence(rows.of(row, first), truth == first)
                    + bySecond.influence(rows.of(row, second), truth == second))
                / 2;
        influences.add(place, moved * scale + (weighted ? mean / (rows.classes() - 1) : 0));
      }
    }
    return mean;
  }

  private int[] support() {
    int[] support = new int[rows.classes()];
    for (int truth : rows.truth()) {
      support[truth]++;
    }
    return support;
  }

  private Measured oneSided(int oneClass, boolean none) {
    return new Measured.Undefined(
        rows.truth().length, none ? "class " + oneClass + " has no true cases" : "one class only");
  }

  private Measured known(double value, Influences influences, long rarest, Interval.Kind method) {
    return new Measured.Known(
        value,
        rows.truth().length,
        LogOdds.interval(value, influences.deviation(), rarest, level, method));
  }
}
