import dev.sightline.logql.eval.LogQueryEngine;
import dev.sightline.logql.eval.LogQueryLimits;
import dev.sightline.logstore.LogStore;
import dev.sightline.logstore.LogStoreOptions;
import dev.sightline.model.label.Labels;
import dev.sightline.model.log.LogBatch;
import dev.sightline.model.log.LogSource.Direction;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.query.Answer;
import dev.sightline.model.query.LogAnswer;
import dev.sightline.model.query.LogQueries.Options;
import dev.sightline.model.query.LogQueries.Range;
import dev.sightline.model.time.SystemClock;
import dev.sightline.model.time.ThreadScheduler;
import dev.sightline.storage.fs.DiskFileSystem;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;

/// Asks LogQL of a store of logs, and prints for each question what the processor took and how much
/// of the raw lines that is per second.
///
/// Arguments: directory, megabytes of lines, seed, rounds of questions.
public final class LogQueryRun {
  private static final int STREAMS = 20;
  private static final String[] QUERIES = {
    "{app=~\".+\"} |= \"no such text\"",
    "{app=~\".+\"} |= \"status=503\" != \"GET\"",
    "{app=~\".+\"} |~ \"no such (text|word) [0-9]+\"",
    "{app=~\".+\"} |~ \"(?i)NO SUCH TEXT\"",
    "sum(count_over_time({app=~\".+\"}[1m]))",
    "sum by (app, level) (count_over_time({app=~\".+\"}[1h]))",
    "sum(count_over_time({app=~\".+\"} |= \"error\" [1m]))",
    "sum by (pod) (bytes_rate({app=~\".+\"} != \"debug\" [5m]))",
    "quantile_over_time(0.99, {app=~\".+\"} | logfmt | unwrap duration(duration) | __error__=\"\" [5m]) by (app)",
    "sum by (status) (count_over_time({app=\"app0\"} | json | __error__=\"\" [5m]))"
  };

  private LogQueryRun() {}

  public static void main(String[] arguments) {
    SystemClock clock = new SystemClock();
    long startNs = (clock.nowMs() - 3_600_000) * 1_000_000;
    try (LogStore store =
        LogStore.open(
            new DiskFileSystem(),
            Path.of(arguments[0]),
            LogStoreOptions.DEFAULT,
            clock,
            new ThreadScheduler(),
            new MeterRegistry())) {
      fill(store, Long.parseLong(arguments[1]) << 20, Long.parseLong(arguments[2]), startNs);
      LogQueryEngine engine = new LogQueryEngine(store, LogQueryLimits.DEFAULT, clock);
      Range hour =
          new Range(
              startNs,
              startNs + 3_600_000_000_000L,
              60_000_000_000L,
              0,
              100,
              Direction.BACKWARD);
      for (int round = 0; round < Integer.parseInt(arguments[3]); round++) {
        for (String query : QUERIES) {
          time(engine, query, hour);
        }
      }
    }
  }

  private static void fill(LogStore store, long wantedBytes, long seed, long startNs) {
    LogLines lines = new LogLines(seed);
    Labels[] streams = new Labels[STREAMS];
    for (int pod = 0; pod < STREAMS; pod++) {
      streams[pod] = Labels.of("app", "app" + pod % LogLines.applications(), "pod", "pod-" + pod);
    }
    Labels[] levels = {Labels.of("level", "info"), Labels.of("level", "error")};
    long stepNs = 3_600_000_000_000L / (wantedBytes / 150);
    long written = 0;
    LogBatch batch = new LogBatch();
    for (long i = 0; written < wantedBytes; i++) {
      int pod = (int) (i * 7 % STREAMS);
      byte[] line = lines.next(pod % LogLines.applications(), startNs + i * stepNs);
      batch.add(streams[pod], startNs + i * stepNs, line, levels[i % 10 == 0 ? 1 : 0]);
      written += line.length;
      if (batch.lineBytes() > 1 << 20) {
        store.append(batch);
        batch.clear();
      }
    }
    store.append(batch);
  }

  private static void time(LogQueryEngine engine, String query, Range range) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long cpuNs = threads.getCurrentThreadCpuTime();
    LogAnswer answer = engine.range(query, range, new Options(Duration.ofMinutes(10)));
    double seconds = (threads.getCurrentThreadCpuTime() - cpuNs) / 1e9;
    int size =
        switch (answer.result()) {
          case LogAnswer.Lines lines -> lines.entries().size();
          case LogAnswer.Values values -> ((Answer.Matrix) values.result()).series().size();
        };
    System.out.printf(
        "%7.3f s cpu %7.0f MB/s of %6.1f MB read, %d results: %s%n",
        seconds,
        answer.stats().bytes() / 1e6 / seconds,
        answer.stats().bytes() / 1e6,
        size,
        query);
  }
}
