package dev.sightline.quality.baseline;

import dev.sightline.model.prediction.PredictionColumns;
import dev.sightline.model.prediction.PredictionSource;
import dev.sightline.model.prediction.PredictionSource.Labelled;
import dev.sightline.model.prediction.PredictionSource.Query;
import dev.sightline.quality.rows.Deadline;
import dev.sightline.quality.rows.Selection;
import dev.sightline.quality.rows.TimeOf;
import dev.sightline.quality.window.Window;
import dev.sightline.quality.window.Windows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes baselines of a model's rows. Safe for any number of threads.
///
/// @param tasks of the models that are configured now, by name
public record WindowBaselines(
    PredictionColumns columns, PredictionSource source, Supplier<Map<String, String>> tasks) {
  /// From each end of a window.
  private static final int PEEKED = 250;

  private static final int MOST_VERSIONS = 5;

  /// Of a window that is a reference, whose features are not known yet.
  ///
  /// @param kinds of features whose kind somebody has said
  /// @param ignored features that are not read
  public Baseline reference(
      Selection selection, Map<String, FeatureKind> kinds, Set<String> ignored, Deadline deadline) {
    String task = tasks.get().getOrDefault(selection.model(), "");
    Sources found = Sources.of(peek(selection), kinds, task);
    List<Source> kept =
        found.sources().stream().filter(one -> !ignored.contains(one.name())).toList();
    Sources sources = new Sources(kept, found.types());
    return BaselineScan.of(columns, selection, sources, Map.of(), deadline);
  }

  /// Of a file that is a reference.
  public Baseline reference(
      String model,
      FileTable table,
      Map<String, FeatureKind> kinds,
      Set<String> ignored,
      Deadline deadline) {
    String task = tasks.get().getOrDefault(model, "");
    Sources found = Sources.of(table.peek(), kinds, task);
    List<Source> kept =
        found.sources().stream().filter(one -> !ignored.contains(one.name())).toList();
    Selection all = selection(model, null, new Window(0, table.rows(), false));
    return BaselineScan.of(table, all, new Sources(kept, found.types()), Map.of(), deadline)
        .fromFile();
  }

  /// Of a window that is compared with a reference: the same features are read in the same way.
  public Baseline current(Selection selection, Baseline reference, Deadline deadline) {
    Sources found = Sources.of(peek(selection), Map.of(), "");
    Sources sources = new Sources(reference.sources(), found.types());
    return BaselineScan.of(columns, selection, sources, reference.vocabularies(), deadline);
  }

  /// The first rows of a model.
  ///
  /// @return null where it has none
  public @Nullable First first(String model, int rows) {
    List<Labelled> first =
        source
            .list(new Query(model, Long.MIN_VALUE / 4, Long.MAX_VALUE / 4, null, false, rows, null))
            .predictions();
    return first.isEmpty()
        ? null
        : new First(
            first.size(),
            first.getFirst().prediction().timeMs(),
            first.getLast().prediction().timeMs());
  }

  /// @param rows how many there are, at most as many as were asked for
  /// @param startMs of the oldest
  /// @param lastMs of the youngest of them
  public record First(int rows, long startMs, long lastMs) {}

  /// When the newest so many rows began.
  ///
  /// @return the time of the oldest of them; `endMs` where there is none
  public long newestStartMs(String model, long endMs, int rows) {
    List<Labelled> newest =
        source
            .list(new Query(model, Long.MIN_VALUE / 4, endMs, null, true, rows, null))
            .predictions();
    return newest.isEmpty() ? endMs : newest.getLast().prediction().timeMs();
  }

  /// Versions that predicted lately in a window, the newest first.
  public List<String> versions(String model, Window window) {
    Query newest = new Query(model, window.startMs(), window.endMs(), null, true, PEEKED, null);
    return source.list(newest).predictions().stream()
        .map(row -> row.prediction().version())
        .distinct()
        .limit(MOST_VERSIONS)
        .toList();
  }

  /// All rows of a span.
  public static Selection selection(String model, @Nullable String version, Window window) {
    return new Selection(
        model,
        version,
        List.of(),
        Windows.whole(window.startMs(), window.endMs()),
        TimeOf.PREDICTION);
  }

  /// The newest and the oldest rows; for their types, and of which features there are.
  private List<Labelled> peek(Selection selection) {
    Map<String, Labelled> rows = new LinkedHashMap<>();
    for (boolean newestFirst : new boolean[] {false, true}) {
      Query query =
          new Query(
              selection.model(),
              selection.windows().startMs(),
              selection.windows().endMs(),
              selection.version(),
              newestFirst,
              PEEKED,
              null);
      source.list(query).predictions().forEach(row -> rows.put(row.prediction().id(), row));
    }
    return List.copyOf(rows.values());
  }
}
