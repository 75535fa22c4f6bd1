package dev.sightline.quality.inputs;

import dev.sightline.model.prediction.PredictionColumns;
import dev.sightline.model.prediction.PredictionColumns.Batch;
import dev.sightline.model.query.QueryException;
import dev.sightline.quality.baseline.Source;
import dev.sightline.quality.rows.Deadline;
import dev.sightline.quality.rows.RowScan;
import dev.sightline.quality.rows.Selection;
import dev.sightline.stats.drift.DomainClassifier;
import dev.sightline.stats.learn.BoostedTrees;
import dev.sightline.stats.probability.Seed;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// How well all inputs together tell the rows of two windows apart, even where no single one has
/// moved.
///
/// @param auc 0.5 where they cannot be told apart, 1 where every row can
/// @param importance of each input for that, by name, largest first
public record Together(double auc, Map<String, Double> importance, int nReference, int nCurrent) {
  /*
   * The domain classifier of [DomainClassifier] on a sample of rows, with fewer trees: 3,000 rows of a side
   * put its area within 0.01 or so, which the limit of 0.65 does not notice.
   */
  private static final int MOST_ROWS = 3_000;
  private static final int MOST_READ = 50_000;
  private static final int FEWEST_ROWS = 50;
  private static final long SEED = 13;
  private static final BoostedTrees.Options TREES = new BoostedTrees.Options(40, 15, 0.1, 20, 1);

  public Together {
    importance = Collections.unmodifiableMap(new LinkedHashMap<>(importance));
  }

  /// From here on the windows differ.
  public static double limit() {
    return DomainClassifier.USUAL_LIMIT;
  }

  public boolean hasDrifted() {
    return auc >= limit();
  }

  /// @throws QueryException.Failed if there is too little to learn from, in the user's words
  public static Together of(
      PredictionColumns columns,
      Selection reference,
      Selection current,
      List<Source> sources,
      Deadline deadline) {
    List<Source> inputs = InputRows.read(sources);
    if (inputs.isEmpty()) {
      throw new QueryException.Failed(
          "windows are told apart by numbers, flags and words, and the model is given none");
    }
    InputRows.Words words = new InputRows.Words();
    double[][] before = rows(columns, reference, inputs, words, deadline);
    double[][] now = rows(columns, current, inputs, words, deadline);
    if (Math.min(before[0].length, now[0].length) < FEWEST_ROWS) {
      throw new QueryException.Failed(
          "not enough data: "
              + before[0].length
              + " rows in the reference and "
              + now[0].length
              + " now, "
              + FEWEST_ROWS
              + " needed to tell windows apart");
    }
    DomainClassifier found = DomainClassifier.of(before, now, TREES, SEED);
    Map<String, Double> importance = new LinkedHashMap<>();
    for (int each = 0; each < inputs.size(); each++) {
      importance.put(inputs.get(each).name(), found.importance()[each]);
    }
    Map<String, Double> falling = new LinkedHashMap<>();
    importance.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .forEach(entry -> falling.put(entry.getKey(), entry.getValue()));
    return new Together(found.auc(), falling, found.nReference(), found.nCurrent());
  }

  private static double[][] rows(
      PredictionColumns columns,
      Selection selection,
      List<Source> inputs,
      InputRows.Words words,
      Deadline deadline) {
    RowScan scan = new RowScan(selection, deadline);
    Kept kept = new Kept(InputRows.of(inputs, words, scan));
    scan.run(columns, kept);
    return kept.rows.of(sample(kept.count));
  }

  /// So many different places, rising.
  private static int[] sample(int count) {
    RandomGenerator random = Seed.generator(SEED);
    int wanted = Math.min(MOST_ROWS, count);
    int[] places = new int[wanted];
    int taken = 0;
    for (int place = 0; place < count && taken < wanted; place++) {
      if (random.nextInt(count - place) < wanted - taken) {
        places[taken++] = place;
      }
    }
    return places;
  }

  /// The inputs of some rows. Owned by one thread.
  private static final class Kept implements RowScan.Visitor {
    private final InputRows rows;
    private int count;

    Kept(InputRows rows) {
      this.rows = rows;
    }

    @Override
    public void begin(Batch batch) {
      rows.begin(batch);
    }

    @Override
    public void row(int window, int row) {
      if (count < MOST_READ) {
        rows.keep(row);
        count++;
      }
    }
  }
}
