package dev.sightline.model.prediction;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads some fields of many predictions as columns of primitive values, for measures over windows
/// of millions of rows. Safe for any number of threads.
public interface PredictionColumns {
  /// Calls `into` with batch after batch, on the calling thread, until each prediction of the
  /// window has come once, in no particular order. What `into` throws ends the scan.
  ///
  /// An unknown model has none. Truths are those that hold now.
  void scan(Scan scan, Consumer<Batch> into);

  /// The same with several receivers, each of which is told of some of the predictions, in batches
  /// whose words are its own. They may be called at once, each on one thread. Who is told of a
  /// prediction depends on what is stored and on how many they are, on nothing else. When this
  /// returns or throws, nobody is called any more.
  default void scan(Scan scan, List<Consumer<Batch>> receivers) {
    scan(scan, receivers.getFirst());
  }

  /// @param startMs included
  /// @param endMs excluded
  /// @param version null for all
  /// @param maxWords how many different words a column of texts may have; rows with one more have
  ///   the code [Column.Texts#OTHER]
  record Scan(
      String model,
      long startMs,
      long endMs,
      @Nullable String version,
      List<Wanted> wanted,
      int maxWords) {
    public static final int DEFAULT_MAX_WORDS = 100_000;

    public Scan {
      wanted = List.copyOf(wanted);
    }
  }

  /// A field in the form in which it is wanted.
  sealed interface Wanted {
    Field field();

    /// Numbers, and flags as 0 and 1; all else counts as absent.
    record Numbers(Field field) implements Wanted {}

    /// Words: texts, flags as `true` and `false`, numbers as JSON writes them, whole ones without a
    /// fraction. Lists and fields count as absent.
    record Texts(Field field) implements Wanted {}

    /// Lists and fields as they were sent, such as a ranking; single values too. Dearer than the
    /// others: each value is an object.
    record Lists(Field field) implements Wanted {}
  }

  /// A place in a prediction.
  sealed interface Field {
    /// The ground truth that holds.
    record Truth() implements Field {}

    /// When the ground truth that holds became known, Unix milliseconds.
    record TruthTimeMs() implements Field {}

    record Output() implements Field {}

    record Confidence() implements Field {}

    record LatencyMs() implements Field {}

    /// Of the model; absent where it is unknown.
    record Version() implements Field {}

    record Feature(String name) implements Field {}

    record Probability(String className) implements Field {}

    record Tag(String name) implements Field {}
  }

  /// Some rows; the arrays are the receiver's from now on.
  ///
  /// @param rows how many entries of each array count
  /// @param timesMs of the predictions, Unix milliseconds
  /// @param columns in the order in which they were wanted
  @SuppressWarnings("ArrayRecordComponent") // columns are read in place, and never compared
  record Batch(int rows, long[] timesMs, List<Column> columns) {}

  /// One field of the rows of a batch.
  @SuppressWarnings("ArrayRecordComponent")
  sealed interface Column {
    /// @param values NaN where there is no number
    record Numbers(double[] values) implements Column {}

    /// @param codes places in `words`, or [#ABSENT] or [#OTHER]
    /// @param words of the whole scan so far; the same list grows from batch to batch
    record Texts(int[] codes, List<String> words) implements Column {
      public static final int ABSENT = -1;
      public static final int OTHER = -2;
    }

    /// @param values [Datum.Missing] where there is none
    record Lists(Datum[] values) implements Column {}
  }
}
