package dev.sightline.quality.inputs;

import dev.sightline.model.query.QueryException;
import dev.sightline.quality.baseline.RowSample;
import dev.sightline.stats.drift.DomainClassifier;
import dev.sightline.stats.drift.Reconstruction;
import dev.sightline.stats.drift.Thresholds;
import dev.sightline.stats.learn.BoostedTrees;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How well all inputs together tell the rows of two windows apart, even where no single one has
/// moved.
///
/// @param auc 0.5 where they cannot be told apart, 1 where every row can
/// @param importance of each input for that, by name, largest first
/// @param lost how much is lost when rows are told by the directions of the reference; null where
///   there are too few inputs
public record Together(
    double auc, Map<String, Double> importance, int nReference, int nCurrent, @Nullable Lost lost) {
  /*
   * The domain classifier of [DomainClassifier] on a sample of rows, with fewer trees: 3,000 rows of a side
   * put its area within 0.01 or so, which the limit of 0.65 does not notice. Trees see any difference; the
   * principal components beside them see one kind, that inputs no longer go together as they did, and
   * name those that do not.
   */
  private static final int FEWEST_ROWS = 50;
  private static final int FEWEST_INPUTS = 2;
  private static final long SEED = 13;
  private static final BoostedTrees.Options TREES = new BoostedTrees.Options(40, 15, 0.1, 20, 1);

  /// What principal components say.
  ///
  /// @param error of current rows, in deviations of the reference
  /// @param reference the same of the reference
  /// @param limits null where they are not known
  /// @param shares of inputs in what is lost now beyond what was lost before, largest first
  public record Lost(
      double error,
      double reference,
      @Nullable Thresholds limits,
      int components,
      boolean hasDrifted,
      Map<String, Double> shares) {
    public Lost {
      shares = Collections.unmodifiableMap(new LinkedHashMap<>(shares));
    }
  }

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
  public static Together of(RowSample reference, RowSample current) {
    if (reference.names().isEmpty()) {
      throw new QueryException.Failed(
          "windows are told apart by numbers, flags and words, and the model is given none");
    }
    if (Math.min(reference.rows(), current.rows()) < FEWEST_ROWS) {
      throw new QueryException.Failed(
          "not enough data: "
              + reference.rows()
              + " rows in the reference and "
              + current.rows()
              + " now, "
              + FEWEST_ROWS
              + " needed to tell windows apart");
    }
    Aligned trees = Aligned.byWord(reference, current);
    DomainClassifier found = DomainClassifier.of(trees.reference(), trees.current(), TREES, SEED);
    return new Together(
        found.auc(),
        falling(trees.names(), found.importance()),
        found.nReference(),
        found.nCurrent(),
        reference.names().size() < FEWEST_INPUTS ? null : lost(reference, current));
  }

  private static Lost lost(RowSample reference, RowSample current) {
    Aligned rows = Aligned.byFrequency(reference, current);
    Reconstruction found = Reconstruction.of(rows.reference(), rows.current());
    return new Lost(
        found.error(),
        found.reference(),
        found.limits(),
        found.components(),
        found.hasDrifted(),
        falling(rows.names(), found.shares()));
  }

  private static Map<String, Double> falling(List<String> names, double[] shares) {
    Map<String, Double> byName = new LinkedHashMap<>();
    for (int each = 0; each < shares.length; each++) {
      byName.put(names.get(each), shares[each]);
    }
    Map<String, Double> falling = new LinkedHashMap<>();
    byName.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .forEach(entry -> falling.put(entry.getKey(), entry.getValue()));
    return falling;
  }
}
