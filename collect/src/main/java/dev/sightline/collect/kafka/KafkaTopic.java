package dev.sightline.collect.kafka;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// Whether a topic that is silent is there at all: a consumer waits for a broker that is down, and
/// for a topic that nobody made, without a word. Used by one thread.
final class KafkaTopic {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int POLLS_BETWEEN = 10;

  private final KafkaJob job;
  private int polls;

  KafkaTopic(KafkaJob job) {
    this.job = job;
  }

  /// Asks now and then, and at the beginning.
  ///
  /// @throws org.apache.kafka.common.KafkaException if no broker answers, or there is no such topic
  void check(KafkaConsumer<?, ?> consumer) {
    if (polls++ % POLLS_BETWEEN == 0) {
      List<PartitionInfo> partitions = consumer.partitionsFor(job.topic(), PATIENCE);
      if (partitions == null || partitions.isEmpty()) {
        throw new UnknownTopicOrPartitionException("there is no topic " + job.topic());
      }
    }
  }
}
