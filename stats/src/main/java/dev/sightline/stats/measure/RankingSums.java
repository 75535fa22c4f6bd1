package dev.sightline.stats.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What has to be kept of ranked lists so that the mean of every [RankingMeasure] follows.
///
/// A list without anything relevant has a precision, and no other measure: it is left out of those,
/// and their n is the number of the others. Owned by one thread.
public final class RankingSums {
  private final List<Cut> cuts = new ArrayList<>();
  private final List<Values> values = new ArrayList<>();
  private final int mostKept;
  private long n;

  /// A measure of the first places.
  ///
  /// @param k how many; 0 where the whole list counts
  public record Cut(RankingMeasure measure, int k) {
    public Cut {
      if (k < 0 || (k == 0) == measure.isCut()) {
        throw new IllegalArgumentException("BUG: " + measure + " at " + k);
      }
    }
  }

  /// @param places each k at which measures are made
  /// @param mostKept lists up to which intervals are found by drawing them again; beyond it they
  ///   are Student's, which is the same by then
  public RankingSums(List<Integer> places, int mostKept) {
    this.mostKept = mostKept;
    for (RankingMeasure measure : RankingMeasure.values()) {
      if (measure.isCut()) {
        places.forEach(k -> cuts.add(new Cut(measure, k)));
      } else {
        cuts.add(new Cut(measure, 0));
      }
    }
    cuts.forEach(_ -> values.add(new Values()));
  }

  /// How many measures are made of each list.
  public static int width(int places) {
    return (RankingMeasure.values().length - 1) * places + 1;
  }

  public void add(Ranking list) {
    n++;
    for (int each = 0; each < cuts.size(); each++) {
      if (cuts.get(each).measure().of(list, cuts.get(each).k())
          instanceof Measured.Known(double value, _, _)) {
        values.get(each).add(value, mostKept);
      }
    }
  }

  /// Lists, those without anything relevant included.
  public long n() {
    return n;
  }

  /// Every measure at every place.
  public Map<Cut, Measured> measures(long minimumN, Resampling intervals) {
    Map<Cut, Measured> measures = new LinkedHashMap<>();
    for (int each = 0; each < cuts.size(); each++) {
      Cut cut = cuts.get(each);
      measures.put(cut, values.get(each).mean(cut.measure(), minimumN, n, intervals));
    }
    return measures;
  }

  /// The values that one measure has on lists.
  private static final class Values {
    private final Spread spread = new Spread();
    private double @Nullable [] kept = new double[16];

    void add(double value, int most) {
      spread.add(value);
      if (kept == null) {
        return;
      }
      int place = (int) spread.n() - 1;
      if (place >= most) {
        kept = null;
        return;
      }
      if (place == kept.length) {
        kept = Arrays.copyOf(kept, place * 2);
      }
      kept[place] = value;
    }

    Measured mean(RankingMeasure measure, long minimumN, long lists, Resampling intervals) {
      long n = spread.n();
      if (n == 0 && lists >= minimumN) {
        return new Measured.Undefined(0, "no list has anything relevant");
      }
      if (n < minimumN) {
        return new Measured.NotEnough(n, minimumN);
      }
      double value = spread.sum() / n;
      if (measure == RankingMeasure.HIT_RATE || value == 0 || value == 1) {
        // A share; and where all lists are the same, resampling would claim certainty.
        return new Measured.Known(
            value, n, Wilson.interval(value * n, (double) n, intervals.level()));
      }
      double[] rows = kept;
      if (rows == null || intervals.resamples() == 0) {
        return Means.within(0, 1, spread.mean(intervals.level()));
      }
      int count = (int) n;
      return new Measured.Known(
          value, n, Bootstrap.ofRows(count, intervals, drawn -> meanOf(rows, drawn)));
    }

    private static double meanOf(double[] rows, int[] drawn) {
      double sum = 0;
      for (int row : drawn) {
        sum += rows[row];
      }
      return sum / drawn.length;
    }
  }
}
