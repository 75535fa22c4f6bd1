package dev.sightline.stats.learn;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/// Finds the least value of a smooth convex function: J. Nocedal, "Updating quasi-Newton matrices
/// with limited storage" (1980).
final class QuasiNewton {
  private static final int REMEMBERED = 8;
  private static final double SHORTEST = 1e-12;
  private static final double ENOUGH_FALL = 1e-4;

  private QuasiNewton() {}

  /// A function with its slope.
  interface Slope {
    /// @param gradient filled
    double at(double[] point, double[] gradient);
  }

  /// One step: how far it went, how the slope changed by it, and the product of both.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Step(double[] moved, double[] bent, double product) {}

  /// @param steps at most so many
  /// @param flat a point with no larger slope than this is low enough
  static double[] lowest(Slope function, double[] start, int steps, double flat) {
    int size = start.length;
    double[] point = start.clone();
    double[] gradient = new double[size];
    double value = function.at(point, gradient);
    Deque<Step> known = new ArrayDeque<>();
    for (int step = 0; step < steps && largest(gradient) > flat; step++) {
      double[] direction = direction(gradient, known);
      double slope = product(direction, gradient);
      double reach = known.isEmpty() ? 1 / Math.max(1, Math.sqrt(-slope)) : 1;
      double[] next = new double[size];
      double[] nextGradient = new double[size];
      double nextValue = moved(function, point, direction, reach, next, nextGradient);
      while (!(nextValue <= value + ENOUGH_FALL * reach * slope)) {
        reach /= 2;
        if (reach < SHORTEST) {
          return point;
        }
        nextValue = moved(function, point, direction, reach, next, nextGradient);
      }
      remember(known, difference(next, point), difference(nextGradient, gradient));
      point = next;
      gradient = nextGradient;
      value = nextValue;
    }
    return point;
  }

  private static double moved(
      Slope function,
      double[] from,
      double[] direction,
      double reach,
      double[] to,
      double[] gradient) {
    for (int place = 0; place < from.length; place++) {
      to[place] = from[place] + reach * direction[place];
    }
    return function.at(to, gradient);
  }

  private static void remember(Deque<Step> known, double[] moved, double[] bent) {
    double product = product(moved, bent);
    if (product > 0) {
      known.addLast(new Step(moved, bent, product));
      if (known.size() > REMEMBERED) {
        known.removeFirst();
      }
    }
  }

  private static double[] direction(double[] gradient, Deque<Step> known) {
    double[] direction = new double[gradient.length];
    add(direction, gradient, -1);
    double[] shares = new double[known.size()];
    int each = known.size();
    for (Iterator<Step> back = known.descendingIterator(); back.hasNext(); ) {
      Step step = back.next();
      shares[--each] = product(step.moved, direction) / step.product;
      add(direction, step.bent, -shares[each]);
    }
    if (!known.isEmpty()) {
      Step last = known.getLast();
      double scale = last.product / product(last.bent, last.bent);
      for (int place = 0; place < direction.length; place++) {
        direction[place] *= scale;
      }
    }
    for (Step step : known) {
      double share = product(step.bent, direction) / step.product;
      add(direction, step.moved, shares[each++] - share);
    }
    return direction;
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static double product(double[] one, double[] two) {
    double sum = 0;
    for (int place = 0; place < one.length; place++) {
      sum += one[place] * two[place];
    }
    return sum;
  }

  private static void add(double[] to, double[] what, double times) {
    for (int place = 0; place < to.length; place++) {
      to[place] += times * what[place];
    }
  }

  private static double[] difference(double[] one, double[] two) {
    double[] difference = one.clone();
    add(difference, two, -1);
    return difference;
  }
}
