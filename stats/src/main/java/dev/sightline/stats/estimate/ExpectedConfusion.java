package dev.sightline.stats.estimate;

import dev.sightline.stats.measure.Measured;
import java.util.function.IntToDoubleFunction;

/// What the confusion matrix of a classifier of many classes will be once the truth arrives. Owned
/// by one thread.
public final class ExpectedConfusion {
  private final double[][] cells;
  private long n;

  public ExpectedConfusion(int classes) {
    cells = new double[classes][classes];
  }

  /// @param probabilities of each class, calibrated one by one; scaled here to add up to 1
  /// @param predicted the class that the model chose
  public void add(double[] probabilities, int predicted) {
    double sum = 0;
    for (double probability : probabilities) {
      sum += probability;
    }
    for (int truth = 0; truth < cells.length; truth++) {
      // Where no class is likely at all, all are alike.
      cells[truth][predicted] += sum > 0 ? probabilities[truth] / sum : 1.0 / cells.length;
    }
    n++;
  }

  public void merge(ExpectedConfusion other) {
    for (int truth = 0; truth < cells.length; truth++) {
      for (int predicted = 0; predicted < cells.length; predicted++) {
        cells[truth][predicted] += other.cells[truth][predicted];
      }
    }
    n += other.n;
  }

  /// How many cases of `truth` are expected among those predicted as `predicted`.
  public double cell(int truth, int predicted) {
    return cells[truth][predicted];
  }

  public Measured accuracy() {
    double hits = 0;
    for (int each = 0; each < cells.length; each++) {
      hits += cells[each][each];
    }
    return known(hits / n);
  }

  /// The mean over classes; one that is never predicted counts as 0.
  public Measured macroPrecision() {
    return macro(each -> cells[each][each], this::predicted);
  }

  public Measured macroRecall() {
    return macro(each -> cells[each][each], this::support);
  }

  public Measured macroF1() {
    return macro(each -> 2 * cells[each][each], each -> predicted(each) + support(each));
  }

  private Measured macro(IntToDoubleFunction part, IntToDoubleFunction whole) {
    double sum = 0;
    for (int each = 0; each < cells.length; each++) {
      double all = whole.applyAsDouble(each);
      sum += all > 0 ? part.applyAsDouble(each) / all : 0;
    }
    return known(sum / cells.length);
  }

  private double predicted(int each) {
    double sum = 0;
    for (double[] row : cells) {
      sum += row[each];
    }
    return sum;
  }

  private double support(int each) {
    double sum = 0;
    for (double cell : cells[each]) {
      sum += cell;
    }
    return sum;
  }

  private Measured known(double value) {
    return n == 0 ? new Measured.NotEnough(0, 1) : new Measured.Known(value, n, null);
  }
}
