package dev.sightline.stats.learn;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;

/// One decision tree. Node 0 is the root; a node without a feature is a leaf.
final class GrownTree {
  private final int[] feature;
  private final int[] lastLeft;
  private final boolean[] missingLeft;
  private final int[] left;
  private final double[] value;
  private int nodes = 1;

  private GrownTree(int most) {
    feature = new int[most];
    lastLeft = new int[most];
    missingLeft = new boolean[most];
    left = new int[most];
    value = new double[most];
    Arrays.fill(feature, -1);
  }

  /// Rows that have come to a node, their sums, and the best cut of them.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Part(int node, int[] rows, GradientSums sums, GradientSums.Cut cut) {}

  /// @param gains by feature, added to
  static GrownTree grow(
      BinnedRows all,
      int[] rows,
      double[] gradients,
      double[] curvatures,
      BoostedTrees.Options options,
      double[] gains) {
    GrownTree tree = new GrownTree(2 * options.leaves());
    PriorityQueue<Part> open =
        new PriorityQueue<>(Comparator.comparingDouble(part -> -part.cut.gain()));
    tree.settle(0, rows, gradients, curvatures, options);
    offer(open, 0, rows, GradientSums.of(all, rows, gradients, curvatures), options);
    int leaves = 1;
    while (leaves < options.leaves() && !open.isEmpty()) {
      Part part = open.remove();
      int[][] sides = split(all, part);
      int first = tree.open(part);
      gains[part.cut.feature()] += part.cut.gain();
      for (int side = 0; side < 2; side++) {
        tree.settle(first + side, sides[side], gradients, curvatures, options);
      }
      leaves++;
      if (leaves < options.leaves()) {
        // The smaller side is counted, the larger is what remains.
        int small = sides[0].length <= sides[1].length ? 0 : 1;
        int large = 1 - small;
        GradientSums sums = GradientSums.of(all, sides[small], gradients, curvatures);
        GradientSums rest = part.sums.without(sums);
        offer(open, first + small, sides[small], sums, options);
        offer(open, first + large, sides[large], rest, options);
      }
    }
    return tree;
  }

  private static void offer(
      PriorityQueue<Part> open,
      int node,
      int[] rows,
      GradientSums sums,
      BoostedTrees.Options options) {
    GradientSums.Cut cut = sums.best(options);
    if (cut.feature() >= 0) {
      open.add(new Part(node, rows, sums, cut));
    }
  }

  private int open(Part part) {
    int node = part.node;
    feature[node] = part.cut.feature();
    lastLeft[node] = part.cut.lastLeft();
    missingLeft[node] = part.cut.missingLeft();
    left[node] = nodes;
    nodes += 2;
    return left[node];
  }

  private void settle(
      int node, int[] rows, double[] gradients, double[] curvatures, BoostedTrees.Options options) {
    double gradient = 0;
    double curvature = 0;
    for (int row : rows) {
      gradient += gradients[row];
      curvature += curvatures[row];
    }
    value[node] = -options.rate() * gradient / (curvature + options.lambda() + 1e-12);
  }

  private static int[][] split(BinnedRows all, Part part) {
    int[] left = new int[part.rows.length];
    int[] right = new int[part.rows.length];
    int lefts = 0;
    int rights = 0;
    for (int row : part.rows) {
      if (goesLeft(all.bin(part.cut.feature(), row), part.cut.lastLeft(), part.cut.missingLeft())) {
        left[lefts++] = row;
      } else {
        right[rights++] = row;
      }
    }
    return new int[][] {Arrays.copyOf(left, lefts), Arrays.copyOf(right, rights)};
  }

  private static boolean goesLeft(int bin, int lastLeft, boolean missingLeft) {
    return bin == BinnedRows.MISSING ? missingLeft : bin <= lastLeft;
  }

  boolean isLeaf() {
    return nodes == 1;
  }

  double of(BinnedRows rows, int row) {
    int node = 0;
    while (feature[node] >= 0) {
      boolean toLeft = goesLeft(rows.bin(feature[node], row), lastLeft[node], missingLeft[node]);
      node = left[node] + (toLeft ? 0 : 1);
    }
    return value[node];
  }
}
