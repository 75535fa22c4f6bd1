package dev.sightline.collect.kafka;

import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.Gauge;
import dev.sightline.model.store.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows one topic on a thread of its own: reads, stores, and only then says how far it has come.
final class KafkaFollower implements AutoCloseable {
  /*
   * The offsets of a batch are committed after its rows are on disk. Killed in between, the batch is
   * read again, and rows are taken once by their ids: a row that says none has one made of topic,
   * partition and offset. Where the store takes nothing, the same batch is tried again; should the
   * group lose patience meanwhile, another member reads it from the last commit, which is the same.
   */
  private static final Logger LOG = LoggerFactory.getLogger(KafkaFollower.class);
  private static final Duration WAIT = Duration.ofSeconds(1);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final KafkaJob job;
  private final KafkaRecords records;
  private final Gauge up;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;
  private Duration pause = FIRST_PAUSE;
  private String lastFailure = "";

  KafkaFollower(KafkaJob job, KafkaService.Parts parts) {
    this.job = job;
    this.records = new KafkaRecords(job, parts.intake(), parts.meters());
    this.up =
        parts
            .meters()
            .gauge(
                "sightline_kafka_up",
                "Whether the topic of a model could be read when it was asked last.",
                Labels.of("model", job.model(), "topic", job.topic()));
    this.thread = Thread.ofPlatform().name("kafka-" + job.topic()).daemon().start(this::run);
  }

  private void run() {
    while (!isClosed()) {
      try (KafkaConsumer<byte[], byte[]> opened = open()) {
        consumer = opened;
        opened.subscribe(List.of(job.topic()));
        follow(opened);
      } catch (WakeupException | InterruptException _) {
        // It is to close.
      } catch (KafkaException | IllegalStateException failure) {
        failed(failure);
      }
    }
  }

  private KafkaConsumer<byte[], byte[]> open() {
    return new KafkaConsumer<>(
        job.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private void follow(KafkaConsumer<byte[], byte[]> opened) {
    KafkaTopic topic = new KafkaTopic(job); // asked first, so that what failed stays so
    while (!isClosed()) {
      ConsumerRecords<byte[], byte[]> batch = opened.poll(WAIT);
      if (batch.isEmpty()) {
        topic.check(opened);
      } else if (stored(batch)) {
        opened.commitSync();
      }
      worked();
    }
  }

  /// @return false where it is to close, and what was read must not be committed
  private boolean stored(ConsumerRecords<byte[], byte[]> batch) {
    while (true) {
      try {
        records.take(batch);
        return true;
      } catch (StoreUnavailableException full) {
        failed(full);
      }
      if (isClosed()) {
        return false;
      }
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private void worked() {
    up.set(1);
    pause = FIRST_PAUSE;
    if (!lastFailure.isEmpty()) {
      lastFailure = "";
      LOG.info("{} is read again", job.place());
    }
  }

  /// Waits before the next attempt, each time longer.
  private void failed(RuntimeException failure) {
    up.set(0);
    String message = String.valueOf(failure.getMessage());
    if (!message.equals(lastFailure) && !isClosed()) {
      lastFailure = message;
      LOG.warn("{} cannot be read or stored now, it is tried again: {}", job.place(), message);
    }
    try {
      boolean _ = closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    Duration longer = pause.multipliedBy(2);
    pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
  }

  /// Ends what is under way; rows that are being stored are stored first.
  @Override
  public void close() {
    closed.countDown();
    KafkaConsumer<byte[], byte[]> open = consumer;
    if (open != null) {
      open.wakeup();
    }
    try {
      boolean _ = thread.join(CLOSING);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
