package dev.sightline.stats.learn;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// One decision tree. Node 0 is the root; a node without a feature is a leaf.
final class GrownTree {
  private static final double LEAST_GAIN = 1e-9;
  private static final double LEAST_CURVATURE = 1e-3;

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

  /// Rows that have come to a node, and the best cut of them.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Part(int node, int[] rows, Cut cut) {}

  /// @param lastLeft the last bin that goes left
  private record Cut(int feature, int lastLeft, boolean missingLeft, double gain) {}

  /// @param gains by feature, added to
  static GrownTree grow(
      BinnedRows all,
      int[] rows,
      double[] gradients,
      double[] curvatures,
      BoostedTrees.Options options,
      double[] gains) {
    GrownTree tree = new GrownTree(2 * options.leaves());
    Cuts cuts = new Cuts(all, gradients, curvatures, options);
    PriorityQueue<Part> open =
        new PriorityQueue<>(Comparator.comparingDouble(part -> -part.cut.gain));
    tree.settle(0, rows, gradients, curvatures, options);
    offer(open, 0, rows, cuts);
    int leaves = 1;
    while (leaves < options.leaves() && !open.isEmpty()) {
      Part part = open.remove();
      int[][] sides = split(all, part);
      int first = tree.open(part);
      gains[part.cut.feature] += part.cut.gain;
      for (int side = 0; side < 2; side++) {
        tree.settle(first + side, sides[side], gradients, curvatures, options);
        offer(open, first + side, sides[side], cuts);
      }
      leaves++;
    }
    return tree;
  }

  private static void offer(PriorityQueue<Part> open, int node, int[] rows, Cuts cuts) {
    Cut cut = cuts.best(rows);
    if (cut != null) {
      open.add(new Part(node, rows, cut));
    }
  }

  private int open(Part part) {
    int node = part.node;
    feature[node] = part.cut.feature;
    lastLeft[node] = part.cut.lastLeft;
    missingLeft[node] = part.cut.missingLeft;
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
      if (goesLeft(all.bin(part.cut.feature, row), part.cut.lastLeft, part.cut.missingLeft)) {
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

  /// Finds the best cut of rows, by histograms of gradients.
  private static final class Cuts {
    private final BinnedRows all;
    private final double[] gradients;
    private final double[] curvatures;
    private final BoostedTrees.Options options;
    private final double[] sums = new double[BinnedRows.MISSING + 1];
    private final double[] weights = new double[BinnedRows.MISSING + 1];
    private final int[] counts = new int[BinnedRows.MISSING + 1];

    Cuts(BinnedRows all, double[] gradients, double[] curvatures, BoostedTrees.Options options) {
      this.all = all;
      this.gradients = gradients;
      this.curvatures = curvatures;
      this.options = options;
    }

    @Nullable Cut best(int[] rows) {
      Cut best = null;
      if (rows.length < 2 * options.minimum()) {
        return null;
      }
      for (int feature = 0; feature < all.features(); feature++) {
        count(rows, feature);
        Cut cut = best(rows.length, feature);
        best = cut != null && (best == null || cut.gain > best.gain) ? cut : best;
      }
      return best;
    }

    private void count(int[] rows, int feature) {
      Arrays.fill(sums, 0);
      Arrays.fill(weights, 0);
      Arrays.fill(counts, 0);
      for (int row : rows) {
        int bin = all.bin(feature, row);
        sums[bin] += gradients[row];
        weights[bin] += curvatures[row];
        counts[bin]++;
      }
    }

    private @Nullable Cut best(int n, int feature) {
      double sum = Arrays.stream(sums).sum();
      double weight = Arrays.stream(weights).sum();
      double whole = sum * sum / (weight + options.lambda());
      Cut best = null;
      boolean missing = counts[BinnedRows.MISSING] > 0;
      for (int side = 0; side < (missing ? 2 : 1); side++) {
        boolean missingLeft = side == 1;
        double leftSum = missingLeft ? sums[BinnedRows.MISSING] : 0;
        double leftWeight = missingLeft ? weights[BinnedRows.MISSING] : 0;
        int lefts = missingLeft ? counts[BinnedRows.MISSING] : 0;
        for (int bin = 0; bin < BinnedRows.MISSING; bin++) {
          if (counts[bin] == 0) {
            continue;
          }
          leftSum += sums[bin];
          leftWeight += weights[bin];
          lefts += counts[bin];
          if (n - lefts < options.minimum()) {
            break;
          }
          double rightWeight = weight - leftWeight;
          if (lefts >= options.minimum() && Math.min(leftWeight, rightWeight) >= LEAST_CURVATURE) {
            double rightSum = sum - leftSum;
            double gain =
                leftSum * leftSum / (leftWeight + options.lambda())
                    + rightSum * rightSum / (rightWeight + options.lambda())
                    - whole;
            if (gain > LEAST_GAIN && (best == null || gain > best.gain)) {
              best = new Cut(feature, bin, missingLeft, gain);
            }
          }
        }
      }
      return best;
    }
  }
}
