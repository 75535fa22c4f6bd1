package dev.sightline.predictions.engine;

import dev.sightline.model.query.SqlQueries;
import dev.sightline.model.query.SqlQueries.Column;
import dev.sightline.model.query.SqlQueries.Kind;
import dev.sightline.model.query.SqlQueries.Truncation;
import dev.sightline.model.time.Clock;
import dev.sightline.predictions.engine.EngineException.Reason;
import dev.sightline.predictions.engine.Frames.Frame;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// DuckDB in a process of ours, which starts when it is first asked, answers one thing at a time,
/// and is ended when it is idle, too slow or beside itself. The next question starts another.
///
/// Safe for any number of threads.
public final class Engine implements AutoCloseable {
  private static final Duration IDLE = Duration.ofMinutes(2);

  /// How long a statement that is cancelled may take to end before its process is ended.
  private static final Duration LATE = Duration.ofMillis(700);

  private static final int HEAP_MB = 256;

  /// What a process takes beside DuckDB's memory and its heap.
  private static final int BESIDE_MB = 256;

  private final Path folder;
  private final String name;
  private final Limits limits;
  private final Clock clock;

  // written under the lock of this
  private volatile @Nullable Child child;
  private long lastUsedNs;

  private volatile boolean closed;

  /// @param memoryMb that DuckDB may take
  /// @param threads of DuckDB
  public record Limits(int memoryMb, int threads) {
    /// About 15 % of the machine: the server's heap is a quarter of it.
    public static Limits besideThisProcess() {
      return new Limits((int) Math.max(128, (Runtime.getRuntime().maxMemory() >> 20) * 6 / 10), 2);
    }
  }

  private record Child(Process process, DataOutputStream to, DataInputStream from) {}

  /// @param folder below which what the process needs is kept: its files, and what does not fit
  ///   into memory. Several engines may share it
  /// @param name of this engine, unlike others of the folder
  public Engine(Path folder, String name, Limits limits, Clock clock) {
    this.folder = folder.toAbsolutePath();
    this.name = name;
    this.limits = limits;
    this.clock = clock;
  }

  /// Writes a Parquet file from a row file; the caller makes it safe.
  ///
  /// @return how many rows there are
  /// @throws EngineException if it could not be written
  public long writeParquet(Path rowFile, Path parquet, Duration patience) {
    List<String> texts =
        List.of(rowFile.toAbsolutePath().toString(), parquet.toAbsolutePath().toString());
    return Long.parseLong(ask(Frames.WRITE, texts, Patience.of(patience), _ -> {}));
  }

  /// The names of the tables that a statement reads.
  ///
  /// @throws EngineException if it is none that is answered
  public List<String> tables(String sql, Duration patience) {
    List<String> tables = new ArrayList<>();
    ask(
        Frames.CHECK,
        List.of(sql),
        Patience.of(patience),
        row -> row.forEach(table -> tables.add(String.valueOf(table))));
    return tables;
  }

  /// Answers one SELECT.
  ///
  /// @param isWanted asked now and then; once it says no, the process is ended
  /// @throws EngineException if the statement is none that is answered, or asks for too much
  public Truncation select(SqlRequest request, BooleanSupplier isWanted, SqlQueries.Rows into) {
    Patience patience = new Patience(request.timeout().plus(LATE), isWanted);
    return Truncation.valueOf(
        ask(Frames.SELECT, request.toTexts(), patience, new HeadThenRows(into)));
  }

  /// Reads a Parquet file that somebody sent.
  ///
  /// @param rows told of each row as JSON, an object with all columns; times are RFC 3339
  /// @return how many rows there were
  /// @throws EngineException if it cannot be read, or not to its end
  public long readParquet(Path file, Duration patience, Consumer<String> rows) {
    List<String> texts = List.of(file.toAbsolutePath().toString());
    Consumer<List<@Nullable String>> first = row -> rows.accept(String.valueOf(row.getFirst()));
    return Long.parseLong(ask(Frames.READ, texts, Patience.of(patience), first));
  }

  /// How long an answer is waited for.
  private record Patience(Duration most, BooleanSupplier isWanted) {
    static Patience of(Duration most) {
      return new Patience(most, () -> true);
    }
  }

  /// @return what is told at the end
  private synchronized String ask(
      int kind,
      List<? extends @Nullable String> texts,
      Patience patience,
      Consumer<List<@Nullable String>> rows) {
    Child running = running();
    Watch watch = new Watch(running.process, limits.memoryMb + HEAP_MB + BESIDE_MB, patience);
    Thread watching = Thread.ofVirtual().start(watch);
    boolean whole = false;
    try {
      Frames.write(running.to, kind, texts);
      running.to.flush();
      while (true) {
        Frame frame = Frames.read(running.from);
        switch (frame.kind()) {
          case Frames.ROW -> rows.accept(frame.texts());
          case Frames.DONE -> {
            whole = true;
            return frame.text(0);
          }
          case Frames.FAILED -> {
            whole = true;
            throw new EngineException(Reason.valueOf(frame.text(0)), frame.text(1), null);
          }
          default -> throw new IOException("an answer of kind " + frame.kind());
        }
      }
    } catch (IOException broken) {
      throw watch.meaning(broken);
    } finally {
      watch.done = true;
      watching.interrupt();
      lastUsedNs = clock.monotonicNs();
      if (!whole) {
        stop();
      }
    }
  }

  /// Ends the process if it takes too long or too much memory, or nobody waits for it any more.
  ///
  /// DuckDB keeps its limit for what it sorts, joins and groups, and not for long texts in the
  /// making.
  private static final class Watch implements Runnable {
    private static final long PERIOD_MS = 100;
    private static final long PAGE_BYTES = 4_096;

    private final Process process;
    private final Patience patience;
    private final int mostMb;
    private volatile boolean done;
    private volatile @Nullable Reason ended;

    Watch(Process process, int mostMb, Patience patience) {
      this.process = process;
      this.mostMb = mostMb;
      this.patience = patience;
    }

    @Override
    public void run() {
      long deadlineNs = System.nanoTime() + patience.most.toNanos();
      try {
        while (!done && !process.waitFor(PERIOD_MS, TimeUnit.MILLISECONDS)) {
          if (System.nanoTime() - deadlineNs >= 0) {
            end(Reason.TIMED_OUT);
          } else if (residentMb(process.pid()) > mostMb) {
            end(Reason.OUT_OF_MEMORY);
          } else if (!patience.isWanted.getAsBoolean()) {
            end(Reason.UNWANTED);
          }
        }
      } catch (InterruptedException _) {
        // It has answered.
      }
    }

    private void end(Reason why) {
      if (!done) {
        ended = why;
        process.destroyForcibly();
      }
    }

    /// @return 0 where the system does not say it
    private static long residentMb(long pid) {
      try {
        String pages = Files.readString(Path.of("/proc/" + pid + "/statm")).split(" ", 3)[1];
        return Long.parseLong(pages) * PAGE_BYTES >> 20;
      } catch (IOException | RuntimeException _) {
        return 0;
      }
    }

    EngineException meaning(IOException broken) {
      Reason why = ended;
      if (why == Reason.TIMED_OUT) {
        String after = "the engine was ended after " + patience.most.toSeconds() + " s";
        return new EngineException(why, after, broken);
      }
      if (why == Reason.OUT_OF_MEMORY) {
        return new EngineException(why, "the engine was ended at " + mostMb + " MB", broken);
      }
      if (why != null) {
        return new EngineException(why, "nobody waits for the answer any more", broken);
      }
      boolean gone = broken instanceof EOFException || !process.isAlive();
      return new EngineException(
          Reason.BROKEN,
          gone ? "the engine has ended in the middle of its work" : "the engine answers nonsense",
          broken);
    }
  }

  /// Hands on the three rows about the columns as one, and then the rows.
  private static final class HeadThenRows implements Consumer<List<@Nullable String>> {
    private static final int HEAD_ROWS = 3;

    private final SqlQueries.Rows into;
    private final List<List<@Nullable String>> head = new ArrayList<>(HEAD_ROWS);

    HeadThenRows(SqlQueries.Rows into) {
      this.into = into;
    }

    @Override
    public void accept(List<@Nullable String> row) {
      if (head.size() == HEAD_ROWS) {
        into.row(row);
        return;
      }
      head.add(row);
      if (head.size() == HEAD_ROWS) {
        into.columns(columns());
      }
    }

    private List<Column> columns() {
      List<Column> columns = new ArrayList<>();
      for (int i = 0; i < head.getFirst().size(); i++) {
        columns.add(new Column(text(0, i), text(1, i), Kind.valueOf(text(2, i))));
      }
      return columns;
    }

    private String text(int row, int column) {
      return String.valueOf(head.get(row).get(column));
    }
  }

  private Child running() {
    if (closed) {
      throw new EngineException(Reason.BROKEN, "the engine is closed", null);
    }
    Child present = child;
    if (present != null && present.process.isAlive()) {
      return present;
    }
    try {
      String classPath = new EngineFiles(folder).prepare();
      Path spill = new EngineFiles(folder).emptySpill(name);
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx" + HEAP_MB + "m",
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "--enable-native-access=ALL-UNNAMED",
                  "--sun-misc-unsafe-memory-access=allow",
                  "-cp",
                  classPath,
                  EngineMain.class.getName(),
                  spill.toString(),
                  Integer.toString(limits.memoryMb),
                  Integer.toString(limits.threads))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      Child fresh =
          new Child(
              process,
              new DataOutputStream(new BufferedOutputStream(process.getOutputStream())),
              new DataInputStream(new BufferedInputStream(process.getInputStream())));
      child = fresh;
      if (closed) {
        process.destroyForcibly(); // closed while it was started
      }
      return fresh;
    } catch (IOException failure) {
      String why = "the engine cannot start: " + failure.getMessage();
      throw new EngineException(Reason.BROKEN, why, failure);
    }
  }

  /// Ends the process if nobody has asked for a while.
  public synchronized void stopIfIdle() {
    if (child != null && clock.monotonicNs() - lastUsedNs > IDLE.toNanos()) {
      stop();
    }
  }

  private void stop() {
    Child present = child;
    child = null;
    if (present != null) {
      present.process.destroyForcibly();
    }
  }

  /// Ends the process in the middle of whatever it does; nothing waits for it.
  @Override
  public void close() {
    closed = true;
    Child present = child;
    if (present != null) {
      present.process.destroyForcibly();
    }
  }
}
