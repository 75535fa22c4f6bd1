package dev.sightline.predictions;

import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionColumns.Field;
import dev.sightline.model.prediction.PredictionColumns.Scan;
import dev.sightline.model.prediction.PredictionColumns.Wanted;
import dev.sightline.model.prediction.PredictionSource.Query;
import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.model.time.SystemClock;
import dev.sightline.model.time.ThreadScheduler;
import dev.sightline.storage.fs.DiskFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// Measures the store with many rows; no test, but a program: see `docs/benchmarks.md`.
///
/// Usage: `PredictionStoreLoad DIRECTORY ROWS` of 20 features, in batches of 1,000.
final class PredictionStoreLoad {
  private static final int BATCH = 1_000;
  private static final int FEATURES = 20;
  private static final int LOOK_UPS = 20_000;

  private final SplittableRandom random = new SplittableRandom(1);
  private final long nowMs = System.currentTimeMillis();
  private final int rows;
  private int refused;

  private PredictionStoreLoad(int rows) {
    this.rows = rows;
  }

  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    PredictionStoreLoad load = new PredictionStoreLoad(Integer.parseInt(arguments[1]));
    try (PredictionStore store = open(directory)) {
      load.ingest(store);
      load.read(store);
      load.label(store);
      load.scan(store);
    }
    long startNs = System.nanoTime();
    try (PredictionStore store = open(directory)) {
      print("open again", startNs, 1);
      load.read(store);
      load.scan(store);
    }
    System.out.println(
        Files.readString(Path.of("/proc/self/status"))
            .lines()
            .filter(line -> line.startsWith("VmHWM") || line.startsWith("VmRSS"))
            .toList());
  }

  private static PredictionStore open(Path directory) {
    long headBytes =
        Math.min(PredictionStoreOptions.DEFAULT.headBytes(), Runtime.getRuntime().maxMemory() / 4);
    return PredictionStore.open(
        new DiskFileSystem(),
        directory,
        PredictionStoreOptions.DEFAULT.withHeadBytes(headBytes),
        new SystemClock(),
        new ThreadScheduler(),
        new MeterRegistry());
  }

  private void ingest(PredictionStore store) {
    long startNs = System.nanoTime();
    for (int first = 0; first < rows; first += BATCH) {
      List<Prediction> batch = new ArrayList<>(BATCH);
      for (int i = first; i < Math.min(rows, first + BATCH); i++) {
        batch.add(prediction(i));
      }
      store.store(batch);
    }
    print("ingest, rows", startNs, rows);
    store.cut();
    print("ingest and last cut, rows", startNs, rows);
  }

  private Prediction prediction(int number) {
    Map<String, Datum> features = new LinkedHashMap<>();
    for (int i = 0; i < FEATURES; i++) {
      features.put("feature_" + i, new Datum.Amount(random.nextDouble()));
    }
    double confidence = random.nextDouble();
    return new Prediction(
        "prediction-" + number,
        "m",
        "1",
        nowMs - 7_200_000 + number * 3_600_000L / rows,
        features,
        new Datum.Text(confidence > 0.5 ? "yes" : "no"),
        confidence,
        Map.of(),
        2.5,
        Map.of());
  }

  private void label(PredictionStore store) {
    long startNs = System.nanoTime();
    for (int first = 0; first < rows; first += BATCH) {
      List<GroundTruth> batch = new ArrayList<>(BATCH);
      for (int i = first; i < Math.min(rows, first + BATCH); i++) {
        batch.add(
            new GroundTruth(
                "m", "prediction-" + i, new Datum.Text(i % 3 == 0 ? "yes" : "no"), nowMs));
      }
      while (!joined(store, batch)) {
        refused++;
      }
    }
    System.out.println("refused for want of room, and sent again: " + refused);
    print("late truths, rows", startNs, rows);
  }

  private static boolean joined(PredictionStore store, List<GroundTruth> batch) {
    try {
      store.join(batch);
      return true;
    } catch (StoreUnavailableException full) {
      return false;
    }
  }

  private void read(PredictionStore store) {
    for (int round = 0; round < 2; round++) {
      long[] ns = new long[LOOK_UPS];
      for (int i = 0; i < LOOK_UPS; i++) {
        String id = "prediction-" + random.nextInt(rows);
        long startNs = System.nanoTime();
        if (store.find("m", id) == null) {
          throw new IllegalStateException("not found: " + id);
        }
        ns[i] = System.nanoTime() - startNs;
      }
      percentiles("find", ns);
    }
    long[] pages = new long[500];
    for (int i = 0; i < pages.length; i++) {
      long endMs = nowMs - 7_200_000 + random.nextInt(3_600_000);
      long startNs = System.nanoTime();
      store.list(new Query("m", 0, endMs, null, true, 100, null));
      pages[i] = System.nanoTime() - startNs;
    }
    percentiles("page of 100", pages);
  }

  private void scan(PredictionStore store) {
    List<Wanted> wanted =
        List.of(
            new Wanted.Texts(new Field.Truth()),
            new Wanted.Texts(new Field.Output()),
            new Wanted.Numbers(new Field.Confidence()),
            new Wanted.Numbers(new Field.Feature("feature_7")));
    for (int round = 0; round < 3; round++) {
      long[] count = new long[1];
      long startNs = System.nanoTime();
      store.scan(
          new Scan("m", 0, Long.MAX_VALUE, null, wanted, 1_000), batch -> count[0] += batch.rows());
      print("scan of 4 columns, rows " + count[0] + " at", startNs, count[0]);
    }
  }

  private static void percentiles(String what, long[] ns) {
    Arrays.sort(ns);
    System.out.printf(
        "%s: p50 %.3f ms, p99 %.3f ms, longest %.1f ms%n",
        what, ns[ns.length / 2] / 1e6, ns[ns.length * 99 / 100] / 1e6, ns[ns.length - 1] / 1e6);
  }

  private static void print(String what, long startNs, long count) {
    double seconds = (System.nanoTime() - startNs) / 1e9;
    System.out.printf("%s: %.2f s, %,.0f/s%n", what, seconds, count / seconds);
  }
}
