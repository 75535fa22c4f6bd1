package dev.sightline.stats.learn;

import dev.sightline.stats.probability.Quantiles;
import dev.sightline.stats.probability.Seed;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// How easily a row is set apart from others by random cuts: F. Liu, K. Ting and Z. Zhou,
/// "Isolation forest" (2008). Finds rows whose values are usual one by one and odd together.
///
/// Unchangeable.
public final class IsolationForest {
  /*
   * A tree cuts a small sample at a random value of a random feature, and its parts again, until rows
   * stand alone or the tree is as deep as a balanced one. Odd rows stand alone early: with E the mean
   * depth of a row over all trees and c(n) the mean depth of an unsuccessful search in a tree of n
   * rows, the score is 2^(-E / c(n)): near 1 for odd rows, below 0.5 for usual ones.
   */
  private static final double EULER = 0.5772156649015329;
  private static final int LEAF = -1;

  private final Tree[] trees;
  private final double[] usual;
  private final double depth;

  private IsolationForest(Tree[] trees, double[] usual, double depth) {
    this.trees = trees;
    this.usual = usual;
    this.depth = depth;
  }

  /// @param trees how many
  /// @param rows of the sample of each
  public record Options(int trees, int rows) {
    /// Those of the paper.
    public static final Options USUAL = new Options(100, 256);
  }

  /// @param features by feature, then by row; NaN is missing, and stands as the median
  public static IsolationForest of(double[][] features, Options options, long seed) {
    int n = features[0].length;
    double[] usual = Arrays.stream(features).mapToDouble(IsolationForest::median).toArray();
    RandomGenerator random = Seed.generator(seed);
    int size = Math.min(options.rows(), n);
    int deepest = 32 - Integer.numberOfLeadingZeros(Math.max(1, size - 1));
    int[] order = new int[n];
    Arrays.setAll(order, row -> row);
    Tree[] trees = new Tree[options.trees()];
    for (int each = 0; each < trees.length; each++) {
      for (int place = 0; place < size; place++) {
        int other = place + random.nextInt(n - place);
        int taken = order[other];
        order[other] = order[place];
        order[place] = taken;
      }
      Tree tree = new Tree(2 * size);
      tree.grow(new Rows(features, usual), Arrays.copyOf(order, size), deepest, random);
      trees[each] = tree;
    }
    return new IsolationForest(trees, usual, expectedDepth(size));
  }

  private static double median(double[] values) {
    double[] known = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    return known.length == 0 ? 0 : Quantiles.of(known, 0.5);
  }

  /// The mean depth at which a search that finds nothing ends, in a random tree of so many rows.
  static double expectedDepth(int rows) {
    if (rows <= 2) {
      return Math.max(0, rows - 1);
    }
    return 2 * (Math.log(rows - 1.0) + EULER) - 2 * (rows - 1.0) / rows;
  }

  /// Near 1 for odd rows, below 0.5 for usual ones.
  ///
  /// @param features of any rows, by feature, then by row
  public double score(double[][] features, int row) {
    Rows rows = new Rows(features, usual);
    double sum = 0;
    for (Tree tree : trees) {
      sum += tree.depth(rows, row);
    }
    return depth == 0 ? 0.5 : Math.pow(2, -sum / trees.length / depth);
  }

  /// Values by feature and row, with the median where there is none.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Rows(double[][] features, double[] usual) {
    double at(int feature, int row) {
      double value = features[feature][row];
      return Double.isFinite(value) ? value : usual[feature];
    }
  }

  /// Node 0 is the root; the second child of a node follows its first.
  private static final class Tree {
    private final int[] feature;
    private final double[] cut;
    private final int[] child;
    private final float[] depth;
    private int nodes = 1;

    Tree(int most) {
      feature = new int[most];
      cut = new double[most];
      child = new int[most];
      depth = new float[most];
    }

    void grow(Rows rows, int[] sample, int deepest, RandomGenerator random) {
      grow(rows, 0, sample, 0, sample.length, 0, deepest, random);
    }

    private void grow(
        Rows rows,
        int node,
        int[] sample,
        int from,
        int to,
        int level,
        int deepest,
        RandomGenerator random) {
      int chosen =
          level < deepest && to - from > 1 ? cut(rows, node, sample, from, to, random) : LEAF;
      feature[node] = chosen;
      if (chosen == LEAF) {
        depth[node] = (float) (level + expectedDepth(to - from));
        return;
      }
      int middle = part(rows, chosen, cut[node], sample, from, to);
      child[node] = nodes;
      nodes += 2;
      grow(rows, child[node], sample, from, middle, level + 1, deepest, random);
      grow(rows, child[node] + 1, sample, middle, to, level + 1, deepest, random);
    }

    /// A random value of a random feature that is not the same in all of these rows.
    private int cut(Rows rows, int node, int[] sample, int from, int to, RandomGenerator random) {
      int features = rows.features.length;
      int first = random.nextInt(features);
      for (int each = 0; each < features; each++) {
        int tried = (first + each) % features;
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int place = from; place < to; place++) {
          double value = rows.at(tried, sample[place]);
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
        if (low < high) {
          // Below the largest, so that both parts have rows.
          cut[node] = Math.min(low + random.nextDouble() * (high - low), Math.nextDown(high));
          return tried;
        }
      }
      return LEAF;
    }

    private static int part(Rows rows, int chosen, double at, int[] sample, int from, int to) {
      int middle = from;
      for (int place = from; place < to; place++) {
        if (rows.at(chosen, sample[place]) <= at) {
          int row = sample[place];
          sample[place] = sample[middle];
          sample[middle++] = row;
        }
      }
      return middle;
    }

    double depth(Rows rows, int row) {
      int node = 0;
      while (feature[node] != LEAF) {
        node = child[node] + (rows.at(feature[node], row) <= cut[node] ? 0 : 1);
      }
      return depth[node];
    }
  }
}
