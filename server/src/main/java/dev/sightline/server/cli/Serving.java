package dev.sightline.server.cli;

import dev.sightline.gateway.config.GatewayException;
import dev.sightline.model.time.SystemClock;
import dev.sightline.model.time.ThreadScheduler;
import dev.sightline.server.Sightline;
import dev.sightline.server.config.ConfigReader;
import dev.sightline.server.config.Flags;
import dev.sightline.server.config.ServerConfig;
import dev.sightline.storage.fs.DirectoryInUseException;
import dev.sightline.storage.fs.StorageException;
import dev.sightline.wire.yaml.ConfigException;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Runs the server from start to the signal that ends it.
final class Serving {
  static final int CANNOT_START = 2;
  private static final int HURRIED = 1;

  private Serving() {}

  static int run(ServeOptions options, PrintStream out, PrintStream err) {
    Flags flags = options.flags();
    return run(() -> ConfigReader.read(flags), _ -> {}, out, err);
  }

  /// @param started called once the server listens
  /// @return the exit status
  static int run(
      Supplier<ServerConfig> configuration,
      Consumer<Sightline> started,
      PrintStream out,
      PrintStream err) {
    Sightline sightline;
    try {
      sightline = Sightline.start(configuration, new SystemClock(), new ThreadScheduler());
    } catch (ConfigException
        | IllegalArgumentException
        | DirectoryInUseException
        | StorageException
        | GatewayException refused) {
      err.println("sightline: " + refused.getMessage());
      return CANNOT_START;
    }
    CountDownLatch asked = new CountDownLatch(1);
    Signals.handle("TERM", () -> endOrHurry(asked));
    Signals.handle("INT", () -> endOrHurry(asked));
    Signals.handle("HUP", () -> Thread.ofVirtual().start(() -> reload(sightline, err)));
    sightline.warnings().forEach(warning -> err.println("warning: " + warning));
    out.println("listening on " + sightline.address());
    if (!sightline.gatewayAddress().isEmpty()) {
      out.println("gateway on http://" + sightline.gatewayAddress());
    }
    started.accept(sightline);
    out.flush();
    try {
      asked.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    sightline.close();
    return 0;
  }

  /// Who asks a second time does not want to wait for calls in flight. What was acknowledged is on
  /// disk already.
  private static void endOrHurry(CountDownLatch asked) {
    if (asked.getCount() == 0) {
      Runtime.getRuntime().halt(HURRIED);
    }
    asked.countDown();
  }

  /// A fault is in the log already, with its place.
  private static void reload(Sightline sightline, PrintStream err) {
    try {
      sightline.reload();
    } catch (RuntimeException refused) {
      err.println("sightline: reload: " + refused.getMessage());
    }
  }
}
