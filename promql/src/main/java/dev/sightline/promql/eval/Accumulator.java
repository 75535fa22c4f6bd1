package dev.sightline.promql.eval;

import dev.sightline.promql.ast.Aggregation;
import java.util.BitSet;

/// What an aggregation knows of one group while the series of the group pass by.
sealed interface Accumulator {
  /// @param column lent for this call
  void add(double[] column);

  /// One value for each step; the accumulator is not used after it.
  double[] result();

  /// @throws IllegalStateException for aggregations that need all values at once
  static Accumulator of(Aggregation aggregation, int steps) {
    return switch (aggregation) {
      case SUM -> new Sum(steps);
      case AVG -> new Average(steps);
      case COUNT -> new Count(steps);
      case GROUP -> new Presence(steps);
      case MIN -> new Extreme(steps, false);
      case MAX -> new Extreme(steps, true);
      case STDDEV -> new Spread(steps, true);
      case STDVAR -> new Spread(steps, false);
      case TOPK, BOTTOMK, LIMITK, LIMIT_RATIO, QUANTILE, COUNT_VALUES ->
          throw new IllegalStateException("BUG: cannot be accumulated: " + aggregation);
    };
  }

  /// See [CompensatedSum] for the algorithm; here with columns for its fields.
  final class Sum implements Accumulator {
    private final double[] sums;
    private final double[] lost;

    Sum(int steps) {
      sums = Absent.column(steps);
      lost = new double[steps];
    }

    @Override
    public void add(double[] column) {
      for (int i = 0; i < column.length; i++) {
        double value = column[i];
        if (Absent.is(value)) {
          continue;
        }
        double sum = sums[i];
        if (Absent.is(sum)) {
          sums[i] = value;
          continue;
        }
        double total = sum + value;
        lost[i] = CompensatedSum.lostAfter(total, sum, value, lost[i]);
        sums[i] = total;
      }
    }

    @Override
    public double[] result() {
      for (int i = 0; i < sums.length; i++) {
        if (!Absent.is(sums[i])) {
          sums[i] += lost[i];
        }
      }
      return sums;
    }
  }

  /// See [Mean] for the algorithm; here with columns for its fields.
  final class Average implements Accumulator {
    private final double[] sums;
    private final double[] lost;
    private final int[] counts;
    private final BitSet moving = new BitSet();

    Average(int steps) {
      sums = new double[steps];
      lost = new double[steps];
      counts = new int[steps];
    }

    @Override
    public void add(double[] column) {
      for (int i = 0; i < column.length; i++) {
        double value = column[i];
        if (Absent.is(value)) {
          continue;
        }
        int count = ++counts[i];
        double total = sums[i] + value;
        if (moving.get(i) || (Double.isInfinite(total) && count > 1)) {
          move(i, value, count);
          continue;
        }
        lost[i] = CompensatedSum.lostAfter(total, sums[i], value, lost[i]);
        sums[i] = total;
      }
    }

    private void move(int step, double value, int count) {
      if (!moving.get(step)) {
        moving.set(step);
        sums[step] /= count - 1;
        lost[step] /= count - 1;
      }
      double share = (double) (count - 1) / count;
      double before = sums[step] * share;
      double total = before + value / count;
      lost[step] = CompensatedSum.lostAfter(total, before, value / count, lost[step] * share);
      sums[step] = total;
    }

    @Override
    public double[] result() {
      double[] result = new double[sums.length];
      for (int i = 0; i < sums.length; i++) {
        double divisor = moving.get(i) ? 1 : counts[i];
        result[i] = counts[i] == 0 ? Absent.VALUE : sums[i] / divisor + lost[i] / divisor;
      }
      return result;
    }
  }

  final class Count implements Accumulator {
    private final int[] counts;

    Count(int steps) {
      counts = new int[steps];
    }

    @Override
    public void add(double[] column) {
      for (int i = 0; i < column.length; i++) {
        if (!Absent.is(column[i])) {
          counts[i]++;
        }
      }
    }

    @Override
    public double[] result() {
      double[] result = new double[counts.length];
      for (int i = 0; i < counts.length; i++) {
        result[i] = counts[i] == 0 ? Absent.VALUE : counts[i];
      }
      return result;
    }
  }

  /// 1 where the group has any value.
  final class Presence implements Accumulator {
    private final double[] ones;

    Presence(int steps) {
      ones = Absent.column(steps);
    }

    @Override
    public void add(double[] column) {
      for (int i = 0; i < column.length; i++) {
        if (!Absent.is(column[i])) {
          ones[i] = 1;
        }
      }
    }

    @Override
    public double[] result() {
      return ones;
    }
  }

  /// The largest or the smallest value; NaN only where there is nothing else.
  final class Extreme implements Accumulator {
    private final double[] extremes;
    private final boolean largest;

    Extreme(int steps, boolean largest) {
      this.extremes = Absent.column(steps);
      this.largest = largest;
    }

    @Override
    public void add(double[] column) {
      for (int i = 0; i < column.length; i++) {
        double value = column[i];
        double extreme = extremes[i];
        if (Double.isNaN(value)) {
          if (!Absent.is(value) && Absent.is(extreme)) {
            extremes[i] = value;
          }
        } else if (Double.isNaN(extreme) || (largest ? value > extreme : value < extreme)) {
          extremes[i] = value;
        }
      }
    }

    @Override
    public double[] result() {
      return extremes;
    }
  }

  /// The population variance by Welford's recurrence, or its root.
  final class Spread implements Accumulator {
    private final int[] counts;
    private final double[] means;
    private final double[] squares;
    private final boolean root;

    Spread(int steps, boolean root) {
      this.counts = new int[steps];
      this.means = new double[steps];
      this.squares = new double[steps];
      this.root = root;
    }

    @Override
    public void add(double[] column) {
      for (int i = 0; i < column.length; i++) {
        double value = column[i];
        if (Absent.is(value)) {
          continue;
        }
        counts[i]++;
        double distance = value - means[i];
        means[i] += distance / counts[i];
        squares[i] += distance * (value - means[i]);
      }
    }

    @Override
    public double[] result() {
      double[] result = new double[counts.length];
      for (int i = 0; i < counts.length; i++) {
        double variance = squares[i] / counts[i];
        result[i] = counts[i] == 0 ? Absent.VALUE : root ? Math.sqrt(variance) : variance;
      }
      return result;
    }
  }
}
