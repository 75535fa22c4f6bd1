package dev.sightline.collect.mongo;

import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.prediction.PredictionSink;
import dev.sightline.model.time.Clock;
import dev.sightline.model.time.Scheduler;
import dev.sightline.storage.fs.FileSystem;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Follows the MongoDB collections that models are configured with.
///
/// Safe for any number of threads.
public final class MongoService implements AutoCloseable {
  private final Parts parts;

  // guarded by this
  private final Map<MongoJob, Running> running = new HashMap<>();

  /// What following a collection takes.
  ///
  /// @param sink where predictions and truths go
  /// @param directory of the positions up to which collections have been read; made if there is
  ///   none
  public record Parts(
      PredictionSink sink,
      FileSystem files,
      Path directory,
      Clock clock,
      Scheduler scheduler,
      MeterRegistry meters) {}

  private record Running(MongoFollower follower, Scheduler.Repeating polling) {
    void close() {
      follower.close();
      polling.close();
    }
  }

  public MongoService(Parts parts) {
    this.parts = parts;
  }

  /// Follows these from now on, and no others. Those that were followed before go on.
  public synchronized void take(List<MongoJob> jobs) {
    running
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = !jobs.contains(entry.getKey());
              if (gone) {
                entry.getValue().close();
              }
              return gone;
            });
    for (MongoJob job : jobs) {
      running.computeIfAbsent(job, this::start);
    }
  }

  private Running start(MongoJob job) {
    parts.files.createDirectories(parts.directory);
    String name = URLEncoder.encode(job.model(), StandardCharsets.UTF_8).replace('*', '-');
    MongoFollower follower = new MongoFollower(job, parts, parts.directory.resolve(name));
    return new Running(
        follower,
        parts.scheduler.every(
            "MongoDB of " + job.model(), Duration.ZERO, job.poll(), follower::poll));
  }

  @Override
  public synchronized void close() {
    running.values().forEach(Running::close);
    running.clear();
  }
}
