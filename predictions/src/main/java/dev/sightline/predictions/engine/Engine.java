package dev.sightline.predictions.engine;

import dev.sightline.model.time.Clock;
import dev.sightline.predictions.engine.Frames.Frame;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// DuckDB in a process of ours, which starts when it is first asked, answers one thing at a time,
/// and is ended when it is idle, too slow or beside itself. The next question starts another.
///
/// Safe for any number of threads.
public final class Engine implements AutoCloseable {
  private static final Duration IDLE = Duration.ofMinutes(2);

  private final Path directory;
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

  /// @param directory of the store of predictions; the engine sees nothing else
  public Engine(Path directory, Limits limits, Clock clock) {
    this.directory = directory.toAbsolutePath();
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
    return ask(Frames.WRITE, texts, patience, _ -> {});
  }

  /// Answers one SELECT over Parquet files, as the view `predictions`.
  ///
  /// @param files in the directory `parts`; at least one
  /// @param rows told of the names of the columns first, then of each row, as texts
  /// @return how many rows there were
  /// @throws EngineException if the statement is none, or too slow
  public long query(
      List<Path> files,
      String select,
      int maxRows,
      Duration patience,
      Consumer<List<String>> rows) {
    List<String> texts = new ArrayList<>(List.of(Integer.toString(maxRows), "predictions", select));
    files.forEach(file -> texts.add(file.toAbsolutePath().toString()));
    return ask(Frames.QUERY, texts, patience, rows);
  }

  /// Reads a Parquet file that somebody sent.
  ///
  /// @param file below the directory
  /// @param rows told of each row as JSON, an object with all columns; times are RFC 3339
  /// @return how many rows there were
  /// @throws EngineException if it cannot be read, or not to its end
  public long readParquet(Path file, Duration patience, Consumer<String> rows) {
    List<String> texts = List.of(file.toAbsolutePath().toString());
    return ask(Frames.READ, texts, patience, row -> rows.accept(row.getFirst()));
  }

  private synchronized long ask(
      int kind, List<String> texts, Duration patience, Consumer<List<String>> rows) {
    Child running = running();
    AtomicBoolean answered = new AtomicBoolean();
    Thread watch = Thread.ofVirtual().start(() -> endIfSilent(running.process, answered, patience));
    try {
      Frames.write(running.to, kind, texts);
      running.to.flush();
      while (true) {
        Frame frame = Frames.read(running.from);
        switch (frame.kind()) {
          case Frames.ROW -> rows.accept(frame.texts());
          case Frames.DONE -> {
            answered.set(true);
            return Long.parseLong(frame.texts().getFirst());
          }
          case Frames.FAILED -> {
            answered.set(true);
            throw new EngineException(frame.texts().getFirst(), null);
          }
          default -> throw new IOException("an answer of kind " + frame.kind());
        }
      }
    } catch (IOException broken) {
      String reason =
          broken instanceof EOFException || !running.process.isAlive()
              ? "has ended, or was ended after " + patience.toSeconds() + " s"
              : "has answered nonsense";
      throw new EngineException("the engine " + reason, broken);
    } finally {
      watch.interrupt();
      lastUsedNs = clock.monotonicNs();
      if (!answered.get()) {
        stop();
      }
    }
  }

  private static void endIfSilent(Process process, AtomicBoolean answered, Duration patience) {
    try {
      boolean ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended && !answered.get()) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      // it has answered
    }
  }

  private Child running() {
    if (closed) {
      throw new EngineException("the engine is closed", null);
    }
    Child present = child;
    if (present != null && present.process.isAlive()) {
      return present;
    }
    try {
      String classPath = new EngineFiles(directory.resolve("engine")).prepare();
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx256m",
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "--enable-native-access=ALL-UNNAMED",
                  "--sun-misc-unsafe-memory-access=allow",
                  "-cp",
                  classPath,
                  EngineMain.class.getName(),
                  directory.toString(),
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
      throw new EngineException("the engine cannot start: " + failure.getMessage(), failure);
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
