package dev.sightline.collect.kafka;

import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.prediction.RowIntake;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Follows the topics that models are configured with. Kafka's classes are loaded with the first.
///
/// Safe for any number of threads.
public final class KafkaService implements AutoCloseable {
  private final Parts parts;

  // guarded by this
  private final Map<KafkaJob, KafkaFollower> running = new HashMap<>();

  /// What following a topic takes.
  public record Parts(RowIntake intake, MeterRegistry meters) {}

  public KafkaService(Parts parts) {
    this.parts = parts;
  }

  /// Follows these from now on, and no others. Those that were followed before go on.
  public synchronized void take(List<KafkaJob> jobs) {
    running
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = !jobs.contains(entry.getKey());
              if (gone) {
                end(entry.getValue());
              }
              return gone;
            });
    for (KafkaJob job : jobs) {
      running.computeIfAbsent(job, _ -> new KafkaFollower(job, parts));
    }
  }

  private static void end(KafkaFollower follower) {
    follower.close();
  }

  @Override
  public synchronized void close() {
    running.values().forEach(KafkaService::end);
    running.clear();
  }
}
