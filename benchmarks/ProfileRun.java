import com.sun.management.OperatingSystemMXBean;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionSink;
import dev.sightline.model.prediction.PredictionSource;
import dev.sightline.model.time.SystemClock;
import dev.sightline.model.time.ThreadScheduler;
import dev.sightline.quality.rows.Deadline;
import dev.sightline.quality.rows.Selection;
import dev.sightline.quality.rows.TimeOf;
import dev.sightline.quality.profile.ProfileAnswer;
import dev.sightline.quality.profile.ProfileBaselines;
import dev.sightline.quality.profile.ProfileOptions;
import dev.sightline.quality.profile.ProfileQueries;
import dev.sightline.quality.profile.ProfileStore;
import dev.sightline.quality.profile.ProfiledSink;
import dev.sightline.quality.window.Windows;
import dev.sightline.stats.sketch.NumberSketch;
import dev.sightline.stats.sketch.SketchDistances;
import dev.sightline.storage.fs.DiskFileSystem;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;

/// Sketches rows of 20 numbers, keeps the profiles of a month by the hour, and compares halves of
/// it. Prints wall and processor seconds of each.
///
/// Arguments: an empty directory, rows.
public final class ProfileRun {
  private static final int FEATURES = 20;
  private static final int BATCH = 1_000;
  private static final long HOUR_MS = 3_600_000;
  private static final int HOURS = 30 * 24;

  private final OperatingSystemMXBean process =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final SplittableRandom random = new SplittableRandom(1);
  private final SystemClock clock = new SystemClock();

  /// Says that everything was stored.
  private static final class Yes implements PredictionSink {
    @Override
    public List<PredictionReceipt> store(List<Prediction> predictions) {
      return Collections.nCopies(predictions.size(), new PredictionReceipt.Stored());
    }

    @Override
    public List<TruthReceipt> join(List<GroundTruth> truths) {
      return List.of();
    }
  }

  /// Has no rows: profiles answer alone.
  private static final class Nothing implements PredictionSource {
    @Override
    public List<ModelSummary> models() {
      return List.of();
    }

    @Override
    public Labelled find(String model, String id) {
      return null;
    }

    @Override
    public List<GroundTruth> truths(String model, String id) {
      return List.of();
    }

    @Override
    public Page list(Query query) {
      return new Page(List.of(), null);
    }
  }

  private interface Work {
    Object run();
  }

  private void timed(String what, long rows, Work work) {
    long wallNs = System.nanoTime();
    long cpuNs = process.getProcessCpuTime();
    Object result = work.run();
    double wall = (System.nanoTime() - wallNs) / 1e9;
    double cpu = (process.getProcessCpuTime() - cpuNs) / 1e9;
    System.out.printf(
        "%-45s %8.3f s wall %8.3f s processor %,14.0f rows/processor s   %s%n",
        what, wall, cpu, rows / cpu, result);
  }

  private void sketch(int rows, int k) {
    double[][] columns = new double[FEATURES][4_096];
    for (double[] column : columns) {
      for (int row = 0; row < column.length; row++) {
        column[row] = random.nextGaussian();
      }
    }
    NumberSketch[] sketches = new NumberSketch[FEATURES];
    for (int feature = 0; feature < FEATURES; feature++) {
      sketches[feature] = new NumberSketch(k);
    }
    timed(
        "sketch columns, k = " + k,
        rows,
        () -> {
          for (int done = 0; done < rows; done += 4_096) {
            for (int feature = 0; feature < FEATURES; feature++) {
              sketches[feature].add(columns[feature], 4_096);
            }
          }
          return sketches[0].quantile(0.5);
        });
  }

  private Prediction row(int number, long timeMs, double shift) {
    Map<String, Datum> features = new LinkedHashMap<>();
    for (int feature = 0; feature < FEATURES; feature++) {
      features.put("f" + feature, new Datum.Amount(random.nextGaussian() + shift));
    }
    return new Prediction(
        "r" + number,
        "m",
        "1",
        timeMs,
        features,
        new Datum.Text(number % 3 == 0 ? "yes" : "no"),
        0.9,
        Map.of(),
        null,
        Map.of());
  }

  private void month(Path directory, int rows) {
    long startMs = Math.floorDiv(clock.nowMs(), 24 * HOUR_MS) * 24 * HOUR_MS - HOURS * HOUR_MS;
    ThreadScheduler scheduler = new ThreadScheduler();
    ProfileStore.Parts parts =
        new ProfileStore.Parts(
            new DiskFileSystem(), directory, new Nothing(), Map::of, clock, scheduler);
    ProfileOptions options = new ProfileOptions(Duration.ofDays(400), Duration.ofDays(60), 50_000);
    try (ProfileStore store = ProfileStore.open(parts, options)) {
      ProfiledSink sink = new ProfiledSink(new Yes(), store);
      List<Prediction> warm = new ArrayList<>();
      for (int each = 0; each < BATCH; each++) {
        warm.add(row(each, startMs, 0));
      }
      for (int round = 0; round < 3; round++) {
        timed(
            "rows into the profile of their hour",
            200L * BATCH,
            () -> {
              for (int each = 0; each < 200; each++) {
                sink.store(warm);
              }
              return "";
            });
      }
      for (int hour = 0; hour < HOURS; hour++) {
        List<Prediction> batch = new ArrayList<>();
        for (int each = 0; each < rows / HOURS; each++) {
          double shift = hour < HOURS / 2 ? 0 : 0.2;
          batch.add(row(each, startMs + hour * HOUR_MS, shift));
        }
        sink.store(batch);
      }
      timed("write " + HOURS + " hours", rows, () -> { store.close(); return ""; });
    }
    try (ProfileStore store = ProfileStore.open(parts, options)) {
      ProfileQueries queries = new ProfileQueries(store, (_, _) -> {}, Map::of);
      for (int round = 0; round < 6; round++) {
        timed("drift of half a month against the other", rows, () -> drift(queries, startMs));
      }
    }
  }

  private String drift(ProfileQueries queries, long startMs) {
    long middleMs = startMs + HOURS / 2 * HOUR_MS;
    ProfileAnswer first = ask(queries, startMs, middleMs);
    ProfileAnswer second = ask(queries, middleMs, startMs + HOURS * HOUR_MS);
    double furthest = 0;
    for (int feature = 0; feature < FEATURES; feature++) {
      furthest =
          Math.max(
              furthest,
              SketchDistances.normedWasserstein(
                  numbers(first, "f" + feature), numbers(second, "f" + feature)));
    }
    int sources =
        ProfileBaselines.sources(first.windows().getFirst(), Map.of(), Set.of()).size();
    return sources + " features, furthest " + Math.round(furthest * 1_000) / 1_000.0;
  }

  private static NumberSketch numbers(ProfileAnswer answer, String feature) {
    return Objects.requireNonNull(
        answer.windows().getFirst().profile().features().get(feature).numbers());
  }

  private ProfileAnswer ask(ProfileQueries queries, long startMs, long endMs) {
    Selection selection =
        new Selection("m", null, List.of(), Windows.whole(startMs, endMs), TimeOf.PREDICTION);
    return queries.profiles(selection, Set.of(), Deadline.in(Duration.ofMinutes(2), clock));
  }

  public static void main(String[] arguments) {
    ProfileRun run = new ProfileRun();
    int rows = Integer.parseInt(arguments[1]);
    for (int round = 0; round < 4; round++) {
      run.sketch(rows, NumberSketch.HOUR);
      run.sketch(rows, NumberSketch.DAY);
    }
    run.month(Path.of(arguments[0]), rows);
  }
}
