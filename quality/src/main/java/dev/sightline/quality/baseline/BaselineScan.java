package dev.sightline.quality.baseline;

import dev.sightline.model.prediction.PredictionColumns;
import dev.sightline.model.prediction.PredictionColumns.Batch;
import dev.sightline.model.prediction.PredictionColumns.Field;
import dev.sightline.quality.rows.Deadline;
import dev.sightline.quality.rows.RowScan;
import dev.sightline.quality.rows.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One pass over the rows of a window that summarises every source. Used once, by one thread.
public final class BaselineScan implements RowScan.Visitor {
  /// Numbers that one pass keeps, of all features together: 64 MB.
  private static final long MOST_NUMBERS = 8_000_000;

  private static final int FEWEST_KEPT = 20_000;
  private static final int MOST_HASHES = 1_000_000;

  private final Selection selection;
  private final List<Source> sources;
  private final RowScan scan;
  private final Map<Source, Keeper> keepers = new LinkedHashMap<>();
  private final List<Keeper> inputs = new ArrayList<>();
  private final List<NumberKeeper> numbers = new ArrayList<>();
  private final Correlations.Sums correlations;
  private final double[] together;
  private final RowDraw drawn;
  private int[] rows = new int[1024];
  private long[] rowHashes = new long[1024];
  private int pending;
  private long[] hashes = new long[1024];
  private int hashed;
  private long seen;

  /// @param vocabularies of the reference's texts; empty for the reference itself
  private BaselineScan(
      Selection selection,
      List<Source> sources,
      Map<String, Vocabulary> vocabularies,
      Deadline deadline) {
    this.selection = selection;
    this.sources = sources;
    this.scan = new RowScan(selection, deadline);
    int limit = limit(sources);
    for (Source source : sources) {
      if (source.kind() != FeatureKind.NAME) {
        Keeper keeper = keeper(source, vocabularies, limit);
        keepers.put(source, keeper);
        if (source.aspect() == Aspect.INPUT) {
          inputs.add(keeper);
          if (keeper instanceof NumberKeeper number
              && numbers.size() < Correlations.MOST_FEATURES) {
            numbers.add(number);
          }
        }
      }
    }
    correlations =
        new Correlations.Sums(numbers.stream().map(number -> number.source().name()).toList());
    together = new double[numbers.size()];
    drawn = new RowDraw(inputs);
  }

  /// @param sources what to read
  /// @param types of inputs, which are handed on
  /// @param vocabularies of the reference's texts; empty where this is the reference
  /// @throws dev.sightline.model.query.QueryException if there is no answer
  public static Baseline of(
      PredictionColumns columns,
      Selection selection,
      Sources sources,
      Map<String, Vocabulary> vocabularies,
      Deadline deadline) {
    BaselineScan scan = new BaselineScan(selection, sources.sources(), vocabularies, deadline);
    scan.scan.run(columns, scan);
    return scan.finish(sources.types());
  }

  private static int limit(List<Source> sources) {
    long features = 1;
    for (Source source : sources) {
      features += source.kind() == FeatureKind.TEXT ? TextProperty.values().length : 1;
    }
    return Math.clamp(MOST_NUMBERS / features, FEWEST_KEPT, 1_000_000);
  }

  private Keeper keeper(Source source, Map<String, Vocabulary> vocabularies, int limit) {
    if (source.aspect() == Aspect.ERROR) {
      return new ErrorKeeper(source, scan, limit);
    }
    Field field = field(source);
    return switch (source.kind()) {
      case NUMBER -> new NumberKeeper(source, field, scan, limit);
      case FLAG, WORD, NAME -> new WordKeeper(source, field, scan);
      case VECTOR -> new VectorKeeper(source, scan);
      case TEXT -> new TextKeeper(source, field, scan, limit, vocabularies.get(source.name()));
    };
  }

  private static Field field(Source source) {
    return switch (source.aspect()) {
      case INPUT -> new Field.Feature(source.name());
      case OUTPUT, ERROR -> new Field.Output();
      case CONFIDENCE -> new Field.Confidence();
      case TRUTH -> new Field.Truth();
    };
  }

  @Override
  public void begin(Batch batch) {
    flush();
    drawn.begin(batch);
    for (Keeper keeper : keepers.values()) {
      keeper.begin(batch);
    }
  }

  @Override
  public void row(int window, int row) {
    if (pending == rows.length) {
      rows = Arrays.copyOf(rows, pending * 2);
    }
    rows[pending++] = row;
  }

  /// Column by column, which is faster than row by row.
  private void flush() {
    if (pending == 0) {
      return;
    }
    for (Keeper keeper : keepers.values()) {
      keeper.take(rows, pending);
    }
    correlate();
    drawn.take(rows, pending);
    hash();
    seen += pending;
    pending = 0;
  }

  private void correlate() {
    if (numbers.size() < 2) {
      return;
    }
    for (int each = 0; each < pending; each++) {
      for (int feature = 0; feature < together.length; feature++) {
        together[feature] = numbers.get(feature).at(rows[each]);
      }
      correlations.add(together);
    }
  }

  private void hash() {
    if (inputs.isEmpty() || hashed >= MOST_HASHES) {
      return;
    }
    if (rowHashes.length < pending) {
      rowHashes = new long[rows.length];
    }
    Arrays.fill(rowHashes, 0, pending, 17);
    for (Keeper keeper : inputs) {
      keeper.mix(rows, pending, rowHashes);
    }
    int taken = Math.min(pending, MOST_HASHES - hashed);
    if (hashes.length < hashed + taken) {
      hashes = Arrays.copyOf(hashes, Math.max(hashed + taken, hashes.length * 2));
    }
    System.arraycopy(rowHashes, 0, hashes, hashed, taken);
    hashed += taken;
  }

  private long duplicates() {
    Arrays.sort(hashes, 0, hashed);
    long repeated = 0;
    for (int each = 1; each < hashed; each++) {
      repeated += hashes[each] == hashes[each - 1] ? 1 : 0;
    }
    return repeated;
  }

  private Baseline finish(Map<String, Set<String>> types) {
    flush();
    Map<String, Baseline.Feature> features = new LinkedHashMap<>();
    Map<String, Vocabulary> vocabularies = new HashMap<>();
    keepers.forEach(
        (source, keeper) -> {
          keeper.finish().forEach(feature -> features.put(feature.name(), feature));
          if (keeper instanceof TextKeeper text) {
            vocabularies.put(source.name(), text.vocabulary());
          }
        });
    return new Baseline(
        selection.windows().startMs(),
        selection.windows().endMs(),
        seen,
        duplicates(),
        sources,
        features,
        vocabularies,
        types,
        correlations.finish(),
        drawn.finish());
  }
}
