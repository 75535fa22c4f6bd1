package dev.sightline.quality.drift;

import dev.sightline.model.prediction.PredictionColumns;
import dev.sightline.quality.ModelRows;
import dev.sightline.quality.baseline.BaselineStore;
import dev.sightline.quality.baseline.WindowBaselines;
import dev.sightline.quality.rows.Selection;
import dev.sightline.quality.window.Window;
import dev.sightline.storage.simulated.SimulatedFileSystem;
import dev.sightline.testkit.FakeClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// How long a drift report takes where columns cost nothing: `DriftLoad [rows [features]]`. Prints
/// the time of a report over explicit windows, and of one against a reference that is kept.
final class DriftLoad {
  private static final int BATCH_ROWS = 8_192;
  private static final long SPAN_MS = 1_000_000_000;

  private DriftLoad() {}

  public static void main(String[] arguments) {
    int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    int features = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
    ModelRows few = new ModelRows();
    for (int row = 0; row < 100; row++) {
      few.add(row, row(features, row), "a");
      few.add(SPAN_MS + row, row(features, row), "a");
    }
    PredictionColumns columns = new Drawn(rows);
    WindowBaselines baselines = new WindowBaselines(columns, few, Map::of);
    BaselineStore store = new BaselineStore(new SimulatedFileSystem(1), Path.of("/r"));
    References references =
        new References(baselines, store, () -> DriftOptions.DEFAULT, new FakeClock(0));
    DriftQueries queries = new DriftQueries(baselines, references, () -> DriftOptions.DEFAULT);
    Selection now = WindowBaselines.selection("m", null, new Window(SPAN_MS, 2 * SPAN_MS, false));
    Window before = new Window(0, SPAN_MS, false);
    references.keep("m", "kept", before, ModelRows.deadline());
    for (int round = 0; round < 4; round++) {
      measure("both windows", queries, now, new Against.Rows(before, null));
      measure("against a kept reference", queries, now, new Against.Named("kept"));
    }
  }

  private static void measure(String what, DriftQueries queries, Selection now, Against against) {
    long startNs = System.nanoTime();
    DriftReport report = queries.drift(now, against, DriftRules.DEFAULT, ModelRows.deadline());
    System.out.printf(
        "%s: %d and %d rows, %d features: %.2f s, %d drifted%n",
        what,
        report.nReference(),
        report.nCurrent(),
        report.features().size(),
        (System.nanoTime() - startNs) / 1e9,
        report.features().stream().filter(FeatureDrift::hasDrifted).count());
  }

  private static Map<String, Object> row(int features, int row) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int feature = 0; feature < features; feature++) {
      values.put("x" + feature, row + 0.5);
    }
    return values;
  }

  /// Numbers that were drawn once; the first of ten features is larger in the second window.
  private record Drawn(int rows) implements PredictionColumns {
    private static final double[] NUMBERS =
        new SplittableRandom(1).doubles(1 << 20).map(value -> value * value).toArray();

    @Override
    public void scan(Scan scan, Consumer<Batch> into) {
      for (int start = 0; start < rows; start += BATCH_ROWS) {
        int count = Math.min(BATCH_ROWS, rows - start);
        long[] timesMs = new long[count];
        Arrays.fill(timesMs, scan.startMs());
        List<Column> columns = new ArrayList<>();
        for (int each = 0; each < scan.wanted().size(); each++) {
          columns.add(column(scan, each, start, count));
        }
        into.accept(new Batch(count, timesMs, columns));
      }
    }

    private static Column column(Scan scan, int each, int start, int count) {
      return switch (scan.wanted().get(each)) {
        case Wanted.Numbers _ -> {
          double more = scan.startMs() > 0 && each % 10 == 0 ? 0.3 : 0;
          int from = Math.floorMod(start + each * 65_537 + (int) scan.startMs(), 1 << 19);
          double[] values = Arrays.copyOfRange(NUMBERS, from, from + count);
          for (int row = 0; row < count && more > 0; row++) {
            values[row] += more;
          }
          yield new Column.Numbers(values);
        }
        case Wanted.Lists _ -> throw new IllegalArgumentException("nobody asks for lists");
        case Wanted.Texts _ -> new Column.Texts(new int[count], List.of("a"));
      };
    }
  }
}
