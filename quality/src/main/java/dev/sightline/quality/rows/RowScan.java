package dev.sightline.quality.rows;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.PredictionColumns;
import dev.sightline.model.prediction.PredictionColumns.Batch;
import dev.sightline.model.prediction.PredictionColumns.Column;
import dev.sightline.model.prediction.PredictionColumns.Field;
import dev.sightline.model.prediction.PredictionColumns.Scan;
import dev.sightline.model.prediction.PredictionColumns.Wanted;
import dev.sightline.quality.window.Window;
import dev.sightline.quality.window.Windows;
import java.util.ArrayList;
import java.util.List;

/// One walk over the rows of a selection, in batches, each row with its window.
///
/// Say first which columns are wanted, then [#run] once. Used by one thread.
public final class RowScan {
  /// What is done with the rows.
  public interface Visitor {
    /// The rows that follow stand in this batch.
    void begin(Batch batch);

    /// @param window number in the selection's windows
    /// @param row in the batch
    void row(int window, int row);

    /// Rows that stand one behind the other, all in one window.
    ///
    /// @param from the first
    /// @param end behind the last
    default void rows(int window, int from, int end) {
      for (int row = from; row < end; row++) {
        row(window, row);
      }
    }

    /// Two that look at the same rows.
    static Visitor both(Visitor first, Visitor second) {
      return new Visitor() {
        @Override
        public void begin(Batch batch) {
          first.begin(batch);
          second.begin(batch);
        }

        @Override
        public void row(int window, int row) {
          first.row(window, row);
          second.row(window, row);
        }

        @Override
        public void rows(int window, int from, int end) {
          first.rows(window, from, end);
          second.rows(window, from, end);
        }
      };
    }
  }

  private static final Window NOWHERE = new Window(0, 0, false);

  private final Selection selection;
  private final Deadline deadline;
  private final List<Wanted> wanted = new ArrayList<>();
  private final List<Filter> filters = new ArrayList<>();
  private final int truthTime;

  public RowScan(Selection selection, Deadline deadline) {
    this.selection = selection;
    this.deadline = deadline;
    this.truthTime = selection.timeOf() == TimeOf.TRUTH ? numbers(new Field.TruthTimeMs()) : -1;
    for (Condition condition : selection.conditions()) {
      filters.add(filter(condition));
    }
  }

  public Selection selection() {
    return selection;
  }

  /// @return where the column stands in each batch
  public int texts(Field field) {
    return want(new Wanted.Texts(field));
  }

  /// @return where the column stands in each batch
  public int numbers(Field field) {
    return want(new Wanted.Numbers(field));
  }

  /// @return where the column stands in each batch
  public int lists(Field field) {
    return want(new Wanted.Lists(field));
  }

  private int want(Wanted column) {
    int known = wanted.indexOf(column);
    if (known >= 0) {
      return known;
    }
    wanted.add(column);
    return wanted.size() - 1;
  }

  public void run(PredictionColumns columns, Visitor visitor) {
    columns.scan(scan(), batch -> visit(batch, visitor));
  }

  /// As [#run], the rows shared with another walk over the same selection that wants the same
  /// columns. Both may happen at once, each on one thread.
  ///
  /// @param visitor of the rows of this walk
  /// @param theirs of those of the other
  public void run(PredictionColumns columns, Visitor visitor, RowScan other, Visitor theirs) {
    if (!wanted.equals(other.wanted)) {
      throw new IllegalStateException("BUG: walks that share rows want the same of them");
    }
    columns.scan(
        scan(), List.of(batch -> visit(batch, visitor), batch -> other.visit(batch, theirs)));
  }

  private Scan scan() {
    Windows windows = selection.windows();
    boolean byTruth = truthTime >= 0;
    // The truth of a prediction of any time may have become known in these windows.
    return new Scan(
        selection.model(),
        byTruth ? Long.MIN_VALUE / 4 : windows.startMs(),
        byTruth ? Long.MAX_VALUE / 4 : windows.endMs(),
        selection.version(),
        wanted,
        Scan.DEFAULT_MAX_WORDS);
  }

  private void visit(Batch batch, Visitor visitor) {
    deadline.check();
    visitor.begin(batch);
    filters.forEach(filter -> filter.begin(batch));
    Windows windows = selection.windows();
    if (truthTime < 0 && filters.isEmpty()) {
      visitRuns(batch, windows, visitor);
      return;
    }
    double[] truthTimes = truthTime >= 0 ? numbers(batch, truthTime) : null;
    int window = -1; // rows come about in order of time, so that most lie where the one before does
    Window present = NOWHERE;
    for (int row = 0; row < batch.rows(); row++) {
      if (truthTimes != null && Double.isNaN(truthTimes[row])) {
        continue;
      }
      long timeMs = truthTimes == null ? batch.timesMs()[row] : (long) truthTimes[row];
      if (timeMs < present.startMs() || timeMs >= present.endMs()) {
        window = windows.indexOf(timeMs);
        present = window < 0 ? NOWHERE : windows.get(window);
      }
      if (window >= 0 && holds(row)) {
        visitor.row(window, row);
      }
    }
  }

  /// Rows come about in order of time, so that most stand in one window with those before.
  private static void visitRuns(Batch batch, Windows windows, Visitor visitor) {
    long[] timesMs = batch.timesMs();
    int row = 0;
    while (row < batch.rows()) {
      int from = row++;
      int window = windows.indexOf(timesMs[from]);
      if (window >= 0) {
        Window present = windows.get(window);
        while (row < batch.rows()
            && timesMs[row] >= present.startMs()
            && timesMs[row] < present.endMs()) {
          row++;
        }
        visitor.rows(window, from, row);
      }
    }
  }

  private boolean holds(int row) {
    for (Filter filter : filters) {
      if (!filter.holds(row)) {
        return false;
      }
    }
    return true;
  }

  private Filter filter(Condition condition) {
    return switch (condition) {
      case Condition.Is is -> new WordFilter(new NamedWords(this, is.name()), is.word());
      case Condition.Within within ->
          new RangeFilter(numbers(new Field.Feature(within.name())), within);
    };
  }

  public static double[] numbers(Batch batch, int index) {
    return ((Column.Numbers) batch.columns().get(index)).values();
  }

  public static Column.Texts texts(Batch batch, int index) {
    return (Column.Texts) batch.columns().get(index);
  }

  public static Datum[] lists(Batch batch, int index) {
    return ((Column.Lists) batch.columns().get(index)).values();
  }

  /// A condition over the rows of one batch after the other.
  private interface Filter {
    void begin(Batch batch);

    boolean holds(int row);
  }

  private static final class WordFilter implements Filter {
    private final NamedWords words;
    private final String wanted;

    WordFilter(NamedWords words, String wanted) {
      this.words = words;
      this.wanted = wanted;
    }

    @Override
    public void begin(Batch batch) {
      words.begin(batch);
    }

    @Override
    public boolean holds(int row) {
      return words.at(row).equals(wanted);
    }
  }

  private static final class RangeFilter implements Filter {
    private final int column;
    private final Condition.Within range;
    private double[] values = {};

    RangeFilter(int column, Condition.Within range) {
      this.column = column;
      this.range = range;
    }

    @Override
    public void begin(Batch batch) {
      values = numbers(batch, column);
    }

    @Override
    public boolean holds(int row) {
      return range.holds(values[row]);
    }
  }
}
