package dev.sightline.testkit;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionColumns;
import dev.sightline.model.prediction.PredictionSource.Labelled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Columns of predictions that are held in a list; small batches, so that tests see several.
public final class MemoryColumns implements PredictionColumns {
  private static final int BATCH_ROWS = 7;

  private final Supplier<List<Labelled>> rows;

  public MemoryColumns(Supplier<List<Labelled>> rows) {
    this.rows = rows;
  }

  @Override
  public void scan(Scan scan, Consumer<Batch> into) {
    scan(scan, List.of(into));
  }

  /// Each is told of every so-manieth row.
  @Override
  public void scan(Scan scan, List<Consumer<Batch>> receivers) {
    List<Labelled> wanted =
        rows.get().stream().filter(row -> isWanted(row.prediction(), scan)).toList();
    for (int each = 0; each < receivers.size(); each++) {
      List<Labelled> share = new ArrayList<>();
      for (int row = each; row < wanted.size(); row += receivers.size()) {
        share.add(wanted.get(row));
      }
      hand(share, scan, receivers.get(each));
    }
  }

  private static void hand(List<Labelled> wanted, Scan scan, Consumer<Batch> into) {
    List<List<String>> words = new ArrayList<>();
    scan.wanted().forEach(_ -> words.add(new ArrayList<>()));
    List<Map<String, Integer>> codes = new ArrayList<>();
    scan.wanted().forEach(_ -> codes.add(new HashMap<>()));
    for (int start = 0; start < wanted.size(); start += BATCH_ROWS) {
      List<Labelled> some = wanted.subList(start, Math.min(wanted.size(), start + BATCH_ROWS));
      long[] times = some.stream().mapToLong(row -> row.prediction().timeMs()).toArray();
      List<Column> columns = new ArrayList<>();
      for (int each = 0; each < scan.wanted().size(); each++) {
        columns.add(column(scan, scan.wanted().get(each), some, words.get(each), codes.get(each)));
      }
      into.accept(new Batch(some.size(), times, columns));
    }
  }

  private static boolean isWanted(Prediction prediction, Scan scan) {
    return prediction.model().equals(scan.model())
        && prediction.timeMs() >= scan.startMs()
        && prediction.timeMs() < scan.endMs()
        && (scan.version() == null || scan.version().equals(prediction.version()));
  }

  private static Column column(
      Scan scan,
      Wanted wanted,
      List<Labelled> rows,
      List<String> words,
      Map<String, Integer> codes) {
    return switch (wanted) {
      case Wanted.Numbers(Field field) -> {
        double[] values = new double[rows.size()];
        Arrays.setAll(values, row -> number(value(rows.get(row), field)));
        yield new Column.Numbers(values);
      }
      case Wanted.Texts(Field field) -> {
        int[] found = new int[rows.size()];
        for (int row = 0; row < found.length; row++) {
          String word = word(value(rows.get(row), field));
          found[row] = word == null ? Column.Texts.ABSENT : code(word, words, codes, scan);
        }
        yield new Column.Texts(found, words);
      }
      case Wanted.Lists(Field field) -> {
        Datum[] values = new Datum[rows.size()];
        Arrays.setAll(
            values,
            row -> {
              Datum value = value(rows.get(row), field);
              return value == null ? new Datum.Missing() : value;
            });
        yield new Column.Lists(values);
      }
    };
  }

  private static int code(String word, List<String> words, Map<String, Integer> codes, Scan scan) {
    if (!codes.containsKey(word) && words.size() >= scan.maxWords()) {
      return Column.Texts.OTHER;
    }
    return codes.computeIfAbsent(
        word,
        _ -> {
          words.add(word);
          return words.size() - 1;
        });
  }

  private static @Nullable Datum value(Labelled row, Field field) {
    Prediction prediction = row.prediction();
    GroundTruth truth = row.truth();
    return switch (field) {
      case Field.Truth() -> truth == null ? null : truth.value();
      case Field.TruthTimeMs() -> truth == null ? null : new Datum.Amount(truth.timeMs());
      case Field.Output() -> prediction.output();
      case Field.Confidence() -> amount(prediction.confidence());
      case Field.LatencyMs() -> amount(prediction.latencyMs());
      case Field.Version() -> text(prediction.version());
      case Field.Feature(String name) -> prediction.features().get(name);
      case Field.Probability(String name) -> amount(prediction.probabilities().get(name));
      case Field.Tag(String name) -> text(prediction.tags().get(name));
    };
  }

  private static @Nullable Datum amount(@Nullable Double value) {
    return value == null ? null : new Datum.Amount(value);
  }

  private static @Nullable Datum text(@Nullable String text) {
    return text == null || text.isEmpty() ? null : new Datum.Text(text);
  }

  private static double number(@Nullable Datum value) {
    return switch (value) {
      case Datum.Amount(double amount) -> amount;
      case Datum.Flag(boolean flag) -> flag ? 1 : 0;
      case null -> Double.NaN;
      case Datum.Missing _, Datum.Text _, Datum.Items _, Datum.Fields _ -> Double.NaN;
    };
  }

  private static @Nullable String word(@Nullable Datum value) {
    return switch (value) {
      case Datum.Text(String text) -> text;
      case Datum.Flag(boolean flag) -> flag ? "true" : "false";
      case Datum.Amount(double amount) ->
          amount == Math.rint(amount) && Math.abs(amount) < 1e15
              ? Long.toString((long) amount)
              : Double.toString(amount);
      case null -> null;
      case Datum.Missing _, Datum.Items _, Datum.Fields _ -> null;
    };
  }
}
