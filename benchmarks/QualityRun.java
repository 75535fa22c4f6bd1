import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.model.series.SeriesSink;
import dev.sightline.model.time.Scheduler;
import dev.sightline.model.time.SystemClock;
import dev.sightline.model.time.ThreadScheduler;
import dev.sightline.predictions.PredictionStore;
import dev.sightline.predictions.PredictionStoreOptions;
import dev.sightline.quality.rows.Deadline;
import dev.sightline.quality.performance.MeasureRules;
import dev.sightline.quality.performance.Performance;
import dev.sightline.quality.performance.PerformanceQueries;
import dev.sightline.quality.performance.ScoreOptions;
import dev.sightline.quality.performance.ScoreSeries;
import dev.sightline.quality.rows.SegmentBy;
import dev.sightline.quality.rows.Selection;
import dev.sightline.quality.rows.TimeOf;
import dev.sightline.quality.window.CalendarStep;
import dev.sightline.quality.window.Window;
import dev.sightline.quality.window.Windows;
import dev.sightline.storage.fs.DiskFileSystem;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/// Fills a store with labelled predictions of 20 days, and asks how good the model was. Prints a
/// row for each question: wall and processor seconds of each round.
///
/// Arguments: directory (filled only if it is new), rows, features of each, rounds of questions.
public final class QualityRun {
  private static final int BATCH = 1_000;
  private static final Duration SPAN = Duration.ofDays(20);

  private final OperatingSystemMXBean process =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final SystemClock clock = new SystemClock();
  private final SplittableRandom random = new SplittableRandom(1);
  private final int rows;
  private final int features;
  private final long endMs;

  private QualityRun(int rows, int features) {
    this.rows = rows;
    this.features = features;
    this.endMs = clock.nowMs();
  }

  public static void main(String[] arguments) {
    Path directory = Path.of(arguments[0]);
    boolean fresh = !Files.exists(directory);
    QualityRun run = new QualityRun(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
    try (PredictionStore store = run.open(directory)) {
      if (fresh) {
        run.fill(store);
      }
      run.ask(store, Integer.parseInt(arguments[3]));
    }
    System.exit(0);
  }

  private PredictionStore open(Path directory) {
    return PredictionStore.open(
        new DiskFileSystem(),
        directory,
        PredictionStoreOptions.DEFAULT.withHeadBytes(Runtime.getRuntime().maxMemory() / 4),
        clock,
        new ThreadScheduler(),
        new MeterRegistry());
  }

  private void fill(PredictionStore store) {
    long startNs = System.nanoTime();
    for (int first = 0; first < rows; first += BATCH) {
      List<Prediction> predictions = new ArrayList<>(BATCH);
      List<GroundTruth> truths = new ArrayList<>(BATCH);
      for (int row = first; row < Math.min(rows, first + BATCH); row++) {
        Prediction made = prediction(row);
        predictions.add(made);
        truths.add(
            new GroundTruth("m", made.id(), truth(made), made.timeMs() + 60_000));
      }
      store(store, predictions);
      join(store, truths);
    }
    store.cut();
    System.out.printf("filled with %,d rows in %.1f s%n", rows, seconds(startNs));
  }

  private Prediction prediction(int row) {
    Map<String, Datum> values = new LinkedHashMap<>();
    values.put("country", new Datum.Text("country" + random.nextInt(10)));
    for (int feature = 1; feature < features; feature++) {
      values.put("feature_" + feature, new Datum.Amount(random.nextDouble()));
    }
    double p = random.nextDouble();
    return new Prediction(
        "prediction-" + row,
        "m",
        row % 2 == 0 ? "1" : "2",
        endMs - SPAN.toMillis() + (long) ((double) row / rows * SPAN.toMillis()),
        values,
        new Datum.Text(p > 0.5 ? "yes" : "no"),
        Math.max(p, 1 - p),
        Map.of("yes", p, "no", 1 - p),
        2.5,
        Map.of());
  }

  private Datum truth(Prediction made) {
    return new Datum.Text(random.nextDouble() < made.probabilities().get("yes") ? "yes" : "no");
  }

  private static void store(PredictionStore store, List<Prediction> rows) {
    while (true) {
      try {
        store.store(rows);
        return;
      } catch (StoreUnavailableException full) {
        Thread.onSpinWait();
      }
    }
  }

  private static void join(PredictionStore store, List<GroundTruth> rows) {
    while (true) {
      try {
        store.join(rows);
        return;
      } catch (StoreUnavailableException full) {
        Thread.onSpinWait();
      }
    }
  }

  private void ask(PredictionStore store, int rounds) {
    PerformanceQueries queries = new PerformanceQueries(store, store, Map::of);
    long startMs = endMs - SPAN.toMillis() - 1;
    CalendarStep days = new CalendarStep(Duration.ofDays(1), ZoneId.of("UTC"));
    Selection daily =
        new Selection(
            "m", null, List.of(), Windows.of(startMs, endMs, days), TimeOf.PREDICTION);
    Selection whole = daily.in(Windows.whole(startMs, endMs));
    Supplier<Deadline> patience = () -> Deadline.in(Duration.ofHours(1), clock);
    for (int round = 0; round < rounds; round++) {
      measure(
          "daily measures, all of them",
          () -> {
            Performance found = queries.performance(daily, MeasureRules.DEFAULT, patience.get());
            return found.windows().stream().mapToLong(window -> window.labelled()).sum();
          });
      measure(
          "accuracy by country",
          () ->
              queries
                  .segments(
                      whole, MeasureRules.DEFAULT, List.of("country"), "accuracy", 50, patience.get())
                  .segments()
                  .size());
      measure("series of a minute, 2 versions", () -> series(store, List.of()));
      measure(
          "the same with 10 segments",
          () -> series(store, List.of(new SegmentBy(List.of("country")))));
      Window early = new Window(startMs, endMs - SPAN.toMillis() / 2, false);
      Window late = new Window(early.endMs(), endMs, false);
      measure(
          "confusion counts only",
          () ->
              queries
                  .change(
                      whole.in(Windows.pair(early, late)),
                      MeasureRules.DEFAULT,
                      "accuracy",
                      List.of(),
                      patience.get())
                  .parts()
                  .size());
    }
  }

  /// What is done every minute for one window that holds everything.
  ///
  /// @return how many samples were written
  private long series(PredictionStore store, List<SegmentBy> segments) {
    long[] written = {0};
    List<Runnable> tasks = new ArrayList<>();
    Scheduler once =
        (name, delay, period, task) -> {
          tasks.add(task);
          return () -> {};
        };
    SeriesSink sink =
        (batch, durability) -> {
          written[0] += batch.size();
          return new SeriesSink.Outcome(batch.size(), List.of(), 0);
        };
    ScoreSeries.Parts parts =
        new ScoreSeries.Parts(
            store,
            store,
            Map::of,
            () -> Map.of("m", segments),
            sink,
            clock,
            once,
            new MeterRegistry());
    ScoreOptions options =
        new ScoreOptions(
            Map.of("31d", Duration.ofDays(31)),
            Set.of(TimeOf.PREDICTION),
            30,
            Duration.ofMinutes(1));
    try (ScoreSeries series = ScoreSeries.start(parts, () -> options)) {
      tasks.forEach(Runnable::run);
    }
    return written[0];
  }

  /// Processor time of all threads, because some work is done on others.
  private void measure(String what, Supplier<Number> question) {
    long startNs = System.nanoTime();
    long startCpuNs = process.getProcessCpuTime();
    Number answer = question.get();
    System.out.printf(
        "%-32s %8.2f s %8.2f processor s   (%s)%n",
        what, seconds(startNs), (process.getProcessCpuTime() - startCpuNs) / 1e9, answer);
  }

  private static double seconds(long startNs) {
    return (System.nanoTime() - startNs) / 1e9;
  }
}
