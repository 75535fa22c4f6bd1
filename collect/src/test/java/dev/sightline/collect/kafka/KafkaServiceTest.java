package dev.sightline.collect.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sightline.collect.kafka.KafkaJob.Kind;
import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.RowIntake;
import dev.sightline.model.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against a real broker; skipped where there is none.
class KafkaServiceTest {
  @TempDir Path directory;
  private final Rows rows = new Rows();
  private final MeterRegistry meters = new MeterRegistry();
  private KafkaBroker broker;
  private KafkaService service;

  /// Keeps rows by id, as the store does; takes nothing while it is full, and forgets to say that
  /// it took something while it is `dying`.
  private static final class Rows implements RowIntake {
    // guarded by this
    private final Map<String, Datum> byId = new TreeMap<>();
    private final List<Datum> truths = new ArrayList<>();
    private boolean full;
    private boolean dying;
    private int known;
    private int refusals;

    @Override
    public synchronized List<Result> predictions(String model, List<SentRow> sent) {
      if (full) {
        refusals++;
        throw new StoreUnavailableException("full", new IllegalStateException());
      }
      List<Result> results = sent.stream().map(this::take).toList();
      if (dying) {
        throw new StoreUnavailableException("killed", new IllegalStateException());
      }
      return results;
    }

    private Result take(SentRow row) {
      Map<String, Datum> fields = ((Datum.Fields) row.row()).values();
      if (fields.containsKey("bad")) {
        return new Result.Refused("unknown field \"bad\"");
      }
      String id = fields.get("id") instanceof Datum.Text(String text) ? text : row.id();
      boolean isNew = byId.putIfAbsent(id, row.row()) == null;
      known += isNew ? 0 : 1;
      return isNew ? new Result.Taken() : new Result.Known();
    }

    @Override
    public synchronized List<Result> truths(String model, List<SentRow> sent) {
      sent.forEach(row -> truths.add(row.row()));
      return sent.stream().map(_ -> (Result) new Result.Taken()).toList();
    }

    synchronized void become(boolean full, boolean dying) {
      this.full = full;
      this.dying = dying;
    }

    synchronized List<String> ids() {
      return List.copyOf(byId.keySet());
    }

    synchronized int refusals() {
      return refusals;
    }

    synchronized int known() {
      return known;
    }

    synchronized int truthCount() {
      return truths.size();
    }
  }

  @BeforeEach
  void open() throws IOException, InterruptedException, ExecutionException {
    broker = KafkaBroker.start(directory);
    broker.create("predictions");
    service = start();
  }

  @AfterEach
  void close() {
    if (broker != null) {
      service.close();
      broker.close();
    }
  }

  private KafkaService start() {
    return new KafkaService(new KafkaService.Parts(rows, meters));
  }

  private KafkaJob job(Kind kind, String topic) {
    return new KafkaJob("m", kind, broker.address(), topic, "sightline", new TreeMap<>());
  }

  private void follow() {
    service.take(List.of(job(Kind.PREDICTIONS, "predictions")));
  }

  private static void within(Callable<Boolean> it) {
    await().atMost(Duration.ofMinutes(1)).until(it);
  }

  private double up() {
    Labels labels = Labels.of("model", "m", "topic", "predictions");
    return meters
        .gauge(
            "sightline_kafka_up",
            "Whether the topic of a model could be read when it was asked last.",
            labels)
        .value();
  }

  private double counted(String result) {
    Labels labels = Labels.of("model", "m", "topic", "predictions", "result", result);
    return meters
        .counter(
            "sightline_kafka_records_total",
            "Rows of topics that were read, by what became of them.",
            labels)
        .value();
  }

  @Test
  void rowsAreTakenAndBadOnesHoldUpNoOther() throws InterruptedException, ExecutionException {
    broker.send(
        "predictions",
        "{\"id\":\"a\",\"prediction\":1}",
        "{oops",
        "{\"bad\":1}",
        "[{\"prediction\":1},{\"id\":\"c\",\"prediction\":2}]",
        "{\"id\":\"d\",\"prediction\":1}");
    follow();
    within(() -> rows.ids().size() == 4);
    assertThat(rows.ids()).containsExactly("a", "c", "d", "predictions-0-3-0");
    within(() -> counted("stored") == 4);
    assertThat(counted("refused")).isEqualTo(1);
    assertThat(counted("unreadable")).isEqualTo(1);
    assertThat(up()).isEqualTo(1);
  }

  @Test
  void aBatchThatWasStoredAndNotCommittedIsReadAgainAndCountsOnce()
      throws InterruptedException, ExecutionException {
    rows.become(false, true);
    broker.send("predictions", "{\"prediction\":1}", "{\"prediction\":2}");
    follow();
    within(() -> rows.ids().size() == 2);
    service.close();
    rows.become(false, false);
    service = start();
    follow();
    within(() -> counted("known") == 2);
    assertThat(rows.ids()).containsExactly("predictions-0-0", "predictions-0-1");
    service.close();
    int before = rows.known();
    service = start();
    follow();
    broker.send("predictions", "{\"prediction\":3}");
    within(() -> rows.ids().size() == 3);
    assertThat(rows.known()).as("what was committed is not read again").isEqualTo(before);
  }

  @Test
  void aFullStoreAndADeadBrokerAreWaitedFor()
      throws InterruptedException, ExecutionException, IOException {
    rows.become(true, false);
    broker.send("predictions", "{\"id\":\"a\",\"prediction\":1}");
    follow();
    within(() -> rows.refusals() > 1 && up() == 0);
    rows.become(false, false);
    within(() -> up() == 1 && rows.ids().equals(List.of("a")));
    broker.kill();
    within(() -> up() == 0);
    broker.restart();
    broker.send("predictions", "{\"id\":\"b\",\"prediction\":1}");
    within(() -> up() == 1 && rows.ids().equals(List.of("a", "b")));
  }

  @Test
  void truthsHaveTopicsToo() throws InterruptedException, ExecutionException {
    broker.create("truths");
    broker.send("truths", "{\"id\":\"a\",\"value\":1}");
    service.take(List.of(job(Kind.TRUTHS, "truths"), job(Kind.PREDICTIONS, "not-there")));
    within(() -> rows.truthCount() == 1);
  }
}
