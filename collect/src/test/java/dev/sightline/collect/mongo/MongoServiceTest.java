package dev.sightline.collect.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionSink;
import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.storage.simulated.SimulatedFileSystem;
import dev.sightline.testkit.FakeClock;
import dev.sightline.wire.yaml.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Against a server that speaks MongoDB's wire protocol: `SIGHTLINE_TEST_MONGODB` names a real one,
/// otherwise mongo-java-server is started.
@Execution(ExecutionMode.SAME_THREAD)
class MongoServiceTest {
  private static final long NOW_MS = 1_750_000_000_000L;
  private static final Path DIRECTORY = Path.of("/state/mongodb");

  private final FakeClock clock = new FakeClock(NOW_MS);
  private final SimulatedFileSystem files = new SimulatedFileSystem(1);
  private final MeterRegistry meters = new MeterRegistry();
  private final Store store = new Store();
  private MongoServer server;
  private String uri;
  private MongoClient client;
  private MongoCollection<Document> documents;
  private MongoService service;

  /// Takes each prediction once, as the real one does.
  private static final class Store implements PredictionSink {
    private final Map<String, Prediction> predictions = new LinkedHashMap<>();
    private final Map<String, List<GroundTruth>> truths = new LinkedHashMap<>();
    private int takenTwice;
    private boolean failing;

    @Override
    public synchronized List<PredictionReceipt> store(List<Prediction> rows) {
      if (failing) {
        throw new StoreUnavailableException("full", new IllegalStateException());
      }
      List<PredictionReceipt> receipts = new ArrayList<>();
      for (Prediction row : rows) {
        Prediction before = predictions.putIfAbsent(row.id(), row);
        takenTwice += before == null ? 0 : 1;
        receipts.add(
            before == null
                ? new PredictionReceipt.Stored()
                : new PredictionReceipt.AlreadyStored());
      }
      return receipts;
    }

    @Override
    public synchronized List<TruthReceipt> join(List<GroundTruth> rows) {
      List<TruthReceipt> receipts = new ArrayList<>();
      for (GroundTruth row : rows) {
        List<GroundTruth> all = truths.computeIfAbsent(row.predictionId(), _ -> new ArrayList<>());
        if (all.isEmpty() || !all.getLast().value().equals(row.value())) {
          all.add(row);
        }
        receipts.add(new TruthReceipt.Joined());
      }
      return receipts;
    }

    synchronized int count() {
      return predictions.size();
    }

    synchronized List<Datum> truthsOf(ObjectId id) {
      return truths.getOrDefault(id.toHexString(), List.of()).stream()
          .map(GroundTruth::value)
          .toList();
    }
  }

  @BeforeEach
  void open() {
    uri = System.getenv("SIGHTLINE_TEST_MONGODB");
    if (uri == null) {
      server = new MongoServer(new MemoryBackend());
      uri = server.bindAndGetConnectionString();
    }
    client = MongoClients.create(uri);
    documents = client.getDatabase("sightline_test").getCollection("image_logs");
    documents.drop();
    service = start();
  }

  private MongoService start() {
    return new MongoService(new MongoService.Parts(store, files, DIRECTORY, clock, clock, meters));
  }

  @AfterEach
  void close() {
    service.close();
    client.close();
    if (server != null) {
      server.shutdownNow();
    }
  }

  private MongoJob job(boolean mark, String... classes) {
    return new MongoJob(
        "clara",
        new Secret(uri),
        "sightline_test",
        "image_logs",
        Duration.ofMinutes(2),
        mark,
        List.of(classes),
        1,
        ZoneId.of("Europe/Madrid"));
  }

  private void follow(MongoJob job) {
    service.take(List.of(job));
    clock.advance(Duration.ofSeconds(1));
  }

  private void poll() {
    clock.advance(Duration.ofMinutes(2));
  }

  private static Document document(long timeMs) {
    ObjectId id =
        new ObjectId("%08x".formatted(timeMs / 1_000) + new ObjectId().toHexString().substring(8));
    return new Document("_id", id)
        .append("filename", "a.jpg")
        .append("output_confidence", 0.75)
        .append("output_prediction", 2)
        .append("output_validated", null)
        .append("timestamp", new Date(timeMs))
        .append("trained", false)
        .append("logged", false)
        .append("timestamp_validated", null);
  }

  private ObjectId insert(Document document) {
    documents.insertOne(document);
    return document.getObjectId("_id");
  }

  private void set(ObjectId id, Document change) {
    documents.updateOne(new Document("_id", id), new Document("$set", change));
  }

  private double meter(String name, String label) {
    return meters.read().stream()
        .flatMap(family -> family.samples().stream())
        .filter(sample -> sample.name().equals(name) && sample.labels().toString().contains(label))
        .mapToDouble(sample -> sample.value())
        .sum();
  }

  @Test
  void documentsAreReadAsClaraWritesThem() {
    ObjectId id =
        insert(
            document(NOW_MS - 5_000)
                .append("output_validated", 1)
                .append("timestamp_validated", new Date(NOW_MS - 1_000)));
    ObjectId plain = insert(document(NOW_MS - 4_000));
    follow(job(false));
    Prediction read = store.predictions.get(id.toHexString());
    assertThat(read.model()).isEqualTo("clara");
    assertThat(read.timeMs()).isEqualTo(NOW_MS - 5_000);
    assertThat(read.features()).isEqualTo(Map.of("filename", new Datum.Text("a.jpg")));
    assertThat(read.output()).isEqualTo(new Datum.Amount(2));
    assertThat(read.confidence()).isEqualTo(0.75);
    assertThat(store.truths.get(id.toHexString()))
        .containsExactly(
            new GroundTruth("clara", id.toHexString(), new Datum.Amount(1), NOW_MS - 1_000));
    assertThat(store.truthsOf(plain)).isEmpty();
    assertThat(meter("sightline_mongodb_documents_total", "stored")).isEqualTo(2);
    assertThat(meter("sightline_mongodb_up", "clara")).isEqualTo(1);
  }

  @Test
  void numbersOfClassesGetTheirNamesAndTimesMayBeTexts() {
    ObjectId id =
        insert(
            document(NOW_MS)
                .append("output_validated", 0)
                .append("timestamp", "2025-06-15 10:00:00.5")
                .append("timestamp_validated", 1_749_999_000.25));
    follow(job(false, "SIGRE", "blue", "brown"));
    Prediction read = store.predictions.get(id.toHexString());
    assertThat(read.output()).isEqualTo(new Datum.Text("brown"));
    assertThat(read.timeMs()).isEqualTo(1_749_974_400_500L); // 08:00 UTC: Madrid's summer
    assertThat(store.truths.get(id.toHexString()).getFirst())
        .isEqualTo(
            new GroundTruth(
                "clara", id.toHexString(), new Datum.Text("SIGRE"), 1_749_999_000_250L));
  }

  @Test
  void newsAreFoundByAskingAgain() {
    ObjectId first = insert(document(NOW_MS - 3_600_000));
    follow(job(false));
    ObjectId second = insert(document(NOW_MS));
    // Another client, whose clock is late.
    ObjectId third = insert(document(NOW_MS - 300_000));
    set(
        first,
        new Document("output_validated", 3)
            .append("timestamp_validated", new Date(NOW_MS + 60_000)));
    poll();
    assertThat(store.count()).isEqualTo(3);
    assertThat(store.predictions).containsKeys(second.toHexString(), third.toHexString());
    assertThat(store.truthsOf(first)).containsExactly(new Datum.Amount(3));
    set(
        first,
        new Document("output_validated", 2)
            .append("timestamp_validated", new Date(NOW_MS + 200_000)));
    poll();
    assertThat(store.truthsOf(first)).containsExactly(new Datum.Amount(3), new Datum.Amount(2));
  }

  @Test
  void whatChangesWithoutATimeIsFoundWithinAnHour() {
    ObjectId old = insert(document(NOW_MS - 7_200_000));
    insert(document(NOW_MS));
    follow(job(false));
    set(old, new Document("output_validated", 3));
    poll();
    assertThat(store.truthsOf(old)).isEmpty();
    clock.advance(Duration.ofHours(1));
    assertThat(store.truthsOf(old)).containsExactly(new Datum.Amount(3));
  }

  @Test
  void idsThatAreNoObjectIdsAreReadToo() {
    documents.insertOne(document(NOW_MS).append("_id", "b"));
    follow(job(false));
    documents.insertOne(document(NOW_MS).append("_id", "a"));
    documents.insertOne(document(NOW_MS).append("_id", 17));
    poll();
    assertThat(store.predictions).containsOnlyKeys("b", "a", "17");
  }

  @Test
  void nothingIsWrittenUnlessMarksAreWanted() {
    ObjectId judged =
        insert(
            document(NOW_MS)
                .append("output_validated", 1)
                .append("timestamp_validated", new Date(NOW_MS)));
    ObjectId open = insert(document(NOW_MS));
    List<Document> before = documents.find().into(new ArrayList<>());
    follow(job(false));
    poll();
    assertThat(documents.find().into(new ArrayList<>())).isEqualTo(before);
    service.take(List.of(job(true)));
    clock.advance(Duration.ofHours(1));
    assertThat(documents.find(new Document("_id", judged)).first().getBoolean("logged")).isTrue();
    assertThat(documents.find(new Document("_id", open)).first().getBoolean("logged")).isFalse();
  }

  @Test
  void whoeverIsKilledBetweenReadingAndNotingGoesOnWithoutALoss() {
    List<Document> many = new ArrayList<>();
    for (int i = 0; i < 2_500; i++) {
      many.add(document(NOW_MS - 86_400_000 + i * 1_000L));
    }
    documents.insertMany(many);
    follow(job(false));
    assertThat(store.count()).isEqualTo(2_500);
    assertThat(store.takenTwice).isZero();
    // The store has them, and nothing else is known any more.
    service.close();
    files.list(DIRECTORY).forEach(files::delete);
    service = start();
    follow(job(false));
    assertThat(store.count()).isEqualTo(2_500);
    assertThat(meter("sightline_mongodb_documents_total", "stored")).isEqualTo(2_500);
    assertThat(meter("sightline_mongodb_documents_total", "known")).isEqualTo(2_500);
    // With its position, only the last minutes are read again.
    service.close();
    service = start();
    insert(document(NOW_MS));
    follow(job(false));
    assertThat(store.count()).isEqualTo(2_501);
    assertThat(meter("sightline_mongodb_documents_total", "known")).isBetween(2_600.0, 3_800.0);
  }

  @Test
  void aStoreThatIsFullLosesNothing() {
    insert(document(NOW_MS));
    store.failing = true;
    follow(job(false));
    assertThat(store.count()).isZero();
    assertThat(meter("sightline_mongodb_up", "clara")).isZero();
    store.failing = false;
    poll();
    assertThat(store.count()).isEqualTo(1);
    assertThat(meter("sightline_mongodb_up", "clara")).isEqualTo(1);
  }

  @Test
  void documentsThatAreNoPredictionsHarmNoOther() {
    insert(new Document("_id", new ObjectId()).append("something", "else"));
    insert(document(NOW_MS).append("output_confidence", 93.5));
    insert(document(NOW_MS).append("timestamp", "yesterday"));
    ObjectId good = insert(document(NOW_MS));
    follow(job(false));
    assertThat(store.predictions).containsOnlyKeys(good.toHexString());
    assertThat(meter("sightline_mongodb_documents_total", "unreadable")).isGreaterThanOrEqualTo(3);
  }

  @Test
  void aJobThatIsGoneIsNotFollowed() {
    follow(job(false));
    service.take(List.of());
    insert(document(NOW_MS));
    poll();
    assertThat(store.count()).isZero();
  }

  @Test
  void changesAreHeardWhereTheServerSaysThem() {
    assumeTrue(server != null, "the server of SIGHTLINE_TEST_MONGODB may have no change streams");
    server.shutdownNow();
    server = new MongoServer(new MemoryBackend());
    server.enableOplog();
    uri = server.bindAndGetConnectionString();
    client.close();
    client = MongoClients.create(uri);
    documents = client.getDatabase("sightline_test").getCollection("image_logs");
    insert(document(NOW_MS));
    follow(job(false));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              insert(document(NOW_MS));
              return store.count() > 1;
            });
    ObjectId id = insert(document(NOW_MS));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> store.predictions.containsKey(id.toHexString()));
    set(id, new Document("output_validated", 1));
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(store.truthsOf(id)).containsExactly(new Datum.Amount(1)));
  }

  @Test
  void aBadConnectionStringIsRefusedWithoutShowingIt() {
    assertThatThrownBy(
            () ->
                new MongoJob(
                    "m",
                    new Secret("http://user:secret@host"),
                    "d",
                    "c",
                    Duration.ofMinutes(2),
                    false,
                    List.of(),
                    1,
                    ZoneId.of("UTC")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("uri must be a connection string, mongodb://host:port");
  }
}
