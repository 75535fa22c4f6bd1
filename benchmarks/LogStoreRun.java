import com.sun.management.OperatingSystemMXBean;
import dev.sightline.logstore.LogStore;
import dev.sightline.logstore.LogStoreOptions;
import dev.sightline.model.label.Labels;
import dev.sightline.model.label.Matcher;
import dev.sightline.model.log.LogBatch;
import dev.sightline.model.log.LogCursor;
import dev.sightline.model.log.LogSource.Direction;
import dev.sightline.model.log.LogSource.Request;
import dev.sightline.model.log.LogSource.SelectedStream;
import dev.sightline.model.log.LogSource.Selection;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.time.SystemClock;
import dev.sightline.model.time.ThreadScheduler;
import dev.sightline.storage.fs.DiskFileSystem;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/// Pushes lines into a store of logs through its port, writes them to blocks, and asks for some of
/// them. Prints a row for each thing measured.
///
/// Arguments: directory, megabytes of lines, seed, rounds of questions.
public final class LogStoreRun {
  private static final int STREAMS = 20;
  private static final int BATCH_BYTES = 1 << 20;
  private static final int SENDERS = 2;

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final SystemClock clock = new SystemClock();
  private final MeterRegistry meters = new MeterRegistry();
  private final long wantedBytes;
  private final long seed;
  private long lineCount;
  private long lineBytes;
  private String needle = "";

  private final long startNs;

  private LogStoreRun(long wantedBytes, long seed) {
    this.wantedBytes = wantedBytes;
    this.seed = seed;
    this.startNs = (clock.nowMs() - 3_600_000) * 1_000_000;
  }

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    LogStoreRun run =
        new LogStoreRun(Long.parseLong(arguments[1]) << 20, Long.parseLong(arguments[2]));
    try (LogStore store = run.open(directory)) {
      run.ingest(store);
      run.settle(store);
      for (int round = 0; round < Integer.parseInt(arguments[3]); round++) {
        run.ask(store);
      }
    }
  }

  private LogStore open(Path directory) {
    return LogStore.open(
        new DiskFileSystem(),
        directory,
        LogStoreOptions.DEFAULT,
        clock,
        new ThreadScheduler(),
        meters);
  }

  /// Each sender makes its lines itself; what that costs is measured and not counted.
  private void ingest(LogStore store) throws Exception {
    long cpuNs = system.getProcessCpuTime();
    long startNs = System.nanoTime();
    List<Sender> senders = new ArrayList<>();
    for (int i = 0; i < SENDERS; i++) {
      Sender sender = new Sender(store, i);
      senders.add(sender);
      sender.start();
    }
    long generatingNs = 0;
    for (Sender sender : senders) {
      sender.join();
      generatingNs += sender.generatingNs;
      lineCount += sender.lineCount;
      lineBytes += sender.lineBytes;
    }
    needle = senders.getFirst().needle;
    System.out.printf(
        "%d lines, %.1f MB, made in %.3f s cpu%n", lineCount, lineBytes / 1e6, generatingNs / 1e9);
    long ownNs = system.getProcessCpuTime() - cpuNs - generatingNs;
    print("acknowledged", System.nanoTime() - startNs, ownNs);
    waitForBlocks(store);
    ownNs = system.getProcessCpuTime() - cpuNs - generatingNs;
    print("in blocks", System.nanoTime() - startNs, ownNs);
  }

  /// Pushes its share of the lines, oldest first, an hour of them.
  private final class Sender extends Thread {
    private final LogStore store;
    private final int number;
    private final LogLines lines;
    private final Map<Integer, Labels> streams = new HashMap<>();
    private long lineCount;
    private long lineBytes;
    private long generatingNs;
    private String needle = "";

    Sender(LogStore store, int number) {
      this.store = store;
      this.number = number;
      this.lines = new LogLines(seed + number);
    }

    @Override
    public void run() {
      long share = wantedBytes / SENDERS;
      LogBatch batch = new LogBatch();
      while (lineBytes < share) {
        long beganNs = threads.getCurrentThreadCpuTime();
        generate(batch, share);
        generatingNs += threads.getCurrentThreadCpuTime() - beganNs;
        store.append(batch);
        batch.clear();
      }
    }

    private void generate(LogBatch batch, long share) {
      long stepNs = 3_600_000_000_000L / (share / 150);
      while (batch.lineBytes() < BATCH_BYTES) {
        long ns = startNs + lineCount * stepNs;
        int pod = (int) (lineCount * 7 % (STREAMS / SENDERS)) * SENDERS + number;
        int application = pod % LogLines.applications();
        byte[] line = lines.next(application, ns);
        Labels stream =
            streams.computeIfAbsent(
                pod, _ -> Labels.of("app", "app" + application, "pod", "pod-" + pod));
        batch.add(stream, ns, line, Labels.EMPTY);
        lineCount++;
        lineBytes += line.length;
        if (needle.isEmpty() && lineBytes > share / 2 && application == 0) {
          String text = new String(line, StandardCharsets.UTF_8);
          int at = text.indexOf("request_id") + 13;
          needle = text.substring(at, at + 32);
        }
      }
    }
  }

  /// The store writes what is left in memory by itself when it is old; here it is asked to read all
  /// blocks, so the last head may stay where it is.
  private void waitForBlocks(LogStore store) throws Exception {
    while (gauge("sightline_logs_head_bytes") > LogStoreOptions.DEFAULT.headBytes()) {
      Thread.sleep(50);
    }
  }

  private void settle(LogStore store) {
    double blockBytes = gauge("sightline_logs_block_bytes");
    double inBlocks = gauge("sightline_logs_block_line_bytes");
    System.out.printf(
        "blocks %.0f: %.1f MB for %.1f MB of lines, %.2f times smaller; head %.1f MB%n",
        gauge("sightline_logs_blocks"),
        blockBytes / 1e6,
        inBlocks / 1e6,
        inBlocks / blockBytes,
        gauge("sightline_logs_head_bytes") / 1e6);
  }

  private double gauge(String name) {
    return meters.read().stream()
        .flatMap(family -> family.samples().stream())
        .filter(sample -> sample.name().equals(name))
        .mapToDouble(sample -> sample.value())
        .sum();
  }

  private void ask(LogStore store) {
    time("count, no filter", store, List.of(), LogStoreRun::times);
    time("all bytes of all lines", store, List.of(), LogStoreRun::bytes);
    time("needle, whole id", store, List.of(needle), c -> holding(c, needle));
    time("needle, part of an id", store, List.of(needle.substring(5, 25)), c -> holding(c, needle.substring(5, 25)));
    String word = "id\":\"" + needle + "\"";
    time("needle, whole word", store, List.of(word), c -> holding(c, word));
    time("needle, nowhere", store, List.of("0123456789abcdef0123"), c -> holding(c, "0123456789abcdef0123"));
    time("frequent text", store, List.of("status=503"), c -> holding(c, "status=503"));
  }

  private static long times(LogCursor cursor) {
    long count = 0;
    while (cursor.next()) {
      count += cursor.timestampNs() > 0 ? 1 : 0;
    }
    return count;
  }

  private static long bytes(LogCursor cursor) {
    long count = 0;
    while (cursor.next()) {
      count += cursor.bytes() == null ? 0 : cursor.lineEnd() - cursor.lineStart();
    }
    return count;
  }

  private static long holding(LogCursor cursor, String text) {
    byte[] sought = text.getBytes(StandardCharsets.UTF_8);
    long count = 0;
    while (cursor.next()) {
      if (contains(cursor.bytes(), cursor.lineStart(), cursor.lineEnd(), sought)) {
        count++;
      }
    }
    return count;
  }

  private static boolean contains(byte[] in, int from, int to, byte[] sought) {
    byte first = sought[0];
    for (int at = from; at <= to - sought.length; at++) {
      if (in[at] == first) {
        int i = 1;
        while (i < sought.length && in[at + i] == sought[i]) {
          i++;
        }
        if (i == sought.length) {
          return true;
        }
      }
    }
    return false;
  }

  private void time(
      String what, LogStore store, List<String> mustContain, ToLongFunction<LogCursor> work) {
    long cpuNs = system.getProcessCpuTime();
    long startNs = System.nanoTime();
    long result = 0;
    Request request =
        new Request(List.<Matcher>of(), 0, Long.MAX_VALUE, Direction.FORWARD, mustContain);
    try (Selection selection = store.select(request)) {
      for (SelectedStream stream : selection.streams()) {
        result += work.applyAsLong(stream.read());
      }
    }
    print(what + " = " + result, System.nanoTime() - startNs, system.getProcessCpuTime() - cpuNs);
  }

  private void print(String what, long wallNs, long cpuNs) {
    System.out.printf(
        "%-45s %8.3f s wall %8.3f s cpu %8.0f MB/s per cpu-second%n",
        what, wallNs / 1e9, cpuNs / 1e9, lineBytes / 1e6 / (cpuNs / 1e9));
  }
}
