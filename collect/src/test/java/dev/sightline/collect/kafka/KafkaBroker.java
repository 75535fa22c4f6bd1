package dev.sightline.collect.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// A real broker in a process of its own, from the jars in the folder that `SIGHTLINE_TEST_KAFKA`
/// names, such as `libs` of Kafka's download.
final class KafkaBroker implements AutoCloseable {
  private static final String CLUSTER = "MkU3OEVBNTcwNTJENDM2Qg";

  private final Path directory;
  private final String jars;
  private final String address;
  private @Nullable Process process;

  private KafkaBroker(Path directory, String jars, String address) {
    this.directory = directory;
    this.jars = jars;
    this.address = address;
  }

  /// @param directory for what it stores; skips the test where there are no jars
  static KafkaBroker start(Path directory) throws IOException, InterruptedException {
    String jars = System.getenv("SIGHTLINE_TEST_KAFKA");
    assumeTrue(jars != null, "SIGHTLINE_TEST_KAFKA names no folder of Kafka's jars");
    int port = freePort();
    int controller = freePort();
    String address = "127.0.0.1:" + port;
    Files.writeString(
        directory.resolve("server.properties"),
        """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@127.0.0.1:%2$d
        listeners=PLAINTEXT://%1$s,CONTROLLER://127.0.0.1:%2$d
        advertised.listeners=PLAINTEXT://%1$s
        controller.listener.names=CONTROLLER
        listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
        log.dirs=%3$s
        offsets.topic.replication.factor=1
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        group.initial.rebalance.delay.ms=0
        auto.create.topics.enable=false
        """
            .formatted(address, controller, directory.resolve("logs")));
    KafkaBroker broker = new KafkaBroker(directory, jars, address);
    Process format =
        broker.java(
            "kafka.tools.StorageTool",
            "format",
            "--cluster-id",
            CLUSTER,
            "--config",
            broker.properties());
    if (!format.waitFor(1, TimeUnit.MINUTES) || format.exitValue() != 0) {
      throw new IllegalStateException("the broker's folder was not made");
    }
    try {
      broker.restart();
      return broker;
    } catch (RuntimeException failure) {
      broker.close();
      throw failure;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  private String properties() {
    return directory.resolve("server.properties").toString();
  }

  private Process java(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                Path.of(jars, "*").toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("broker.log").toFile())
        .start();
  }

  void restart() throws IOException {
    process = java("kafka.Kafka", properties());
    await().atMost(Duration.ofMinutes(2)).until(this::answers);
  }

  private boolean answers() throws InterruptedException {
    try (Admin admin = admin()) {
      admin.describeCluster().nodes().get(2, TimeUnit.SECONDS);
      return true;
    } catch (ExecutionException | TimeoutException _) {
      return false;
    }
  }

  private Admin admin() {
    return Admin.create(
        Map.of(
            "bootstrap.servers",
            address,
            "default.api.timeout.ms",
            "5000",
            "request.timeout.ms",
            "4000"));
  }

  String address() {
    return address;
  }

  void create(String topic) throws InterruptedException, ExecutionException {
    try (Admin admin = admin()) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
    }
  }

  void send(String topic, String... values) throws InterruptedException, ExecutionException {
    ByteArraySerializer bytes = new ByteArraySerializer();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(Map.of("bootstrap.servers", address), bytes, bytes)) {
      for (String value : values) {
        producer.send(new ProducerRecord<>(topic, value.getBytes(StandardCharsets.UTF_8))).get();
      }
    }
  }

  /// Ends it as `kill -9` does.
  void kill() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly().onExit().join();
    }
  }

  @Override
  public void close() {
    kill();
  }
}
