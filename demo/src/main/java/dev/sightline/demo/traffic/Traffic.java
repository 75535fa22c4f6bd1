package dev.sightline.demo.traffic;

import dev.sightline.demo.client.ModelClient;
import dev.sightline.model.time.Scheduler;
import dev.sightline.model.time.SystemClock;
import dev.sightline.model.time.ThreadScheduler;
import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Sends traffic for a while, as the command line does.
public final class Traffic {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final long LAST_WORDS_SECONDS = 5;

  private Traffic() {}

  /// Sends calls and truths, shows the progress each second and the summary at the end.
  ///
  /// An interrupt of this thread, Ctrl-C or a termination of the process ends it early, with the
  /// summary of what was done until then.
  public static TrafficSummary run(TrafficOptions options, PrintStream progress) {
    ProgressLine line = new ProgressLine(progress, isTerminal());
    try (ModelClient client = new ModelClient(options.model());
        EndOfProcess _ = new EndOfProcess(Thread.currentThread())) {
      TrafficRun run = new TrafficRun(options, new SystemClock(), client);
      try (Scheduler.Repeating _ =
          new ThreadScheduler()
              .every("traffic-progress", SECOND, SECOND, () -> line.show(run.summary()))) {
        run.run();
      } catch (InterruptedException _) {
        progress.println();
        progress.println("stopped early");
      }
      TrafficSummary summary = run.summary();
      line.end(summary);
      return summary;
    }
  }

  @SuppressWarnings("SystemConsoleNull") // it is null again in Java 25 where there is no terminal
  private static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  /// Interrupts a thread when the process is asked to end, and waits until it has said its last.
  private static final class EndOfProcess implements AutoCloseable {
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    EndOfProcess(Thread runner) {
      hook = new Thread(() -> stop(runner), "traffic-stop");
      Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void close() {
      done.countDown();
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException _) {
        // The process is ending already: the hook has run.
      }
    }

    private void stop(Thread runner) {
      runner.interrupt();
      try {
        done.await(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
