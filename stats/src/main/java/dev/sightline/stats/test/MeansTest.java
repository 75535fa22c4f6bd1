package dev.sightline.stats.test;

import dev.sightline.stats.column.SortedColumn;
import dev.sightline.stats.probability.Tails;

/// Whether two means differ: Student (1908), and B. Welch (1947) for unequal variances. Two-sided.
public final class MeansTest {
  private MeansTest() {}

  public static TestResult student(SortedColumn reference, SortedColumn current) {
    double degrees = (double) reference.n() + current.n() - 2;
    double variance = (reference.squares() + current.squares()) / degrees;
    double error = Math.sqrt(variance * (1.0 / reference.n() + 1.0 / current.n()));
    return result(reference.mean() - current.mean(), error, degrees, "Student");
  }

  public static TestResult welch(SortedColumn reference, SortedColumn current) {
    double first = reference.squares() / (reference.n() - 1) / reference.n();
    double second = current.squares() / (current.n() - 1) / current.n();
    double degrees =
        (first + second)
            * (first + second)
            / (first * first / (reference.n() - 1) + second * second / (current.n() - 1));
    double error = Math.sqrt(first + second);
    return result(reference.mean() - current.mean(), error, degrees, "Welch");
  }

  /// J. Cohen's d: the difference of means (current minus reference) in pooled deviations; 0 where
  /// nothing varies and the means are equal.
  public static double cohensD(SortedColumn reference, SortedColumn current) {
    double degrees = (double) reference.n() + current.n() - 2;
    double deviation = Math.sqrt((reference.squares() + current.squares()) / degrees);
    double difference = current.mean() - reference.mean();
    return difference == 0 ? 0 : difference / deviation;
  }

  private static TestResult result(
      double difference, double error, double degrees, String variant) {
    if (error == 0) {
      return new TestResult(0, difference == 0 ? 1 : 0, variant + ", nothing varies");
    }
    double t = difference / error;
    return new TestResult(t, Tails.studentTwoSided(t, degrees), variant);
  }
}
