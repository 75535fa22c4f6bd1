package dev.sightline.collect.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.storage.fs.StorageException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDateTime;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows one collection: reads all of it once, then asks for news again and again, and hears of
/// them at once where the server says them by itself.
final class MongoFollower implements AutoCloseable {
  /*
   * Ids of documents are names of predictions, and the store takes each once: so reading a document
   * again is never wrong, and all that has to be made sure is that none is left out. Clients make
   * ids, by clocks of their own, so news are looked for from some minutes before the newest id; the
   * same for truths and their times. What changes without either (a truth without its time, a time
   * that is a text) is found by reading everything once an hour.
   */
  private static final Logger LOG = LoggerFactory.getLogger(MongoFollower.class);
  private static final Duration OVERLAP = Duration.ofMinutes(10);
  private static final Duration WHOLE_WALK = Duration.ofHours(1);
  private static final int BATCH = 1_000;

  private final MongoJob job;
  private final MongoService.Parts parts;
  private final MongoIntake intake;
  private final Path file;
  private final MongoClient client;
  private final ChangeStream changes;

  // guarded by this
  private MongoPosition position;
  private long lastWalkNs;
  private boolean walked;

  private volatile boolean closed;
  private boolean failing;

  MongoFollower(MongoJob job, MongoService.Parts parts, Path file) {
    this.job = job;
    this.parts = parts;
    this.file = file;
    this.position = MongoPosition.load(parts.files(), file, job.place());
    this.walked = position.complete();
    this.lastWalkNs = parts.clock().monotonicNs();
    this.client = MongoClients.create(settings(job));
    this.intake = new MongoIntake(job, parts, collection());
    this.changes = new ChangeStream(collection(), intake);
  }

  private static MongoClientSettings settings(MongoJob job) {
    return MongoClientSettings.builder()
        .applicationName("sightline")
        .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(5, TimeUnit.SECONDS))
        .applyToSocketSettings(socket -> socket.connectTimeout(5, TimeUnit.SECONDS))
        .applyToConnectionPoolSettings(pool -> pool.maxSize(4))
        .applyConnectionString(new ConnectionString(job.uri().reveal()))
        .build();
  }

  private MongoCollection<Document> collection() {
    return client.getDatabase(job.database()).getCollection(job.collection());
  }

  /// Asks once. Never throws: what goes wrong is logged once, and asked again.
  synchronized void poll() {
    if (closed) {
      return;
    }
    try {
      long nowNs = parts.clock().monotonicNs();
      if (!walked || position.lastId() == null || nowNs - lastWalkNs >= WHOLE_WALK.toNanos()) {
        walk(walked ? null : position.lastId());
        walked = true;
        lastWalkNs = nowNs;
        keep(position.completed());
      } else {
        news(position.lastId());
      }
      intake.up(true);
      if (failing) {
        failing = false;
        LOG.info("MongoDB of model {} answers again", job.model());
      }
      changes.follow();
    } catch (MongoException | StoreUnavailableException | StorageException failure) {
      intake.up(false);
      if (!failing && !closed) {
        failing = true;
        LOG.warn(
            "{} of model {} cannot be read now, it is tried again every {} s: {}",
            job.place(),
            job.model(),
            job.poll().toSeconds(),
            failure.getMessage());
      }
    }
  }

  /// @param from read up to there before; null for the beginning
  private void walk(@Nullable ObjectId from) {
    Document filter =
        from == null ? new Document() : new Document("_id", new Document("$gte", before(from)));
    read(collection().find(filter).sort(new Document("_id", 1)));
  }

  private void news(ObjectId lastId) {
    Document fresh = new Document("_id", new Document("$gte", before(lastId)));
    read(collection().find(fresh).sort(new Document("_id", 1)));
    BsonDateTime since =
        new BsonDateTime(Math.max(0, position.lastValidatedMs() - OVERLAP.toMillis()));
    Document judged =
        new Document("timestamp_validated", new Document("$gte", since))
            .append("output_validated", new Document("$ne", null));
    read(collection().find(judged));
  }

  /// The smallest id of some minutes earlier.
  private static ObjectId before(ObjectId id) {
    long seconds = Math.max(0, id.getTimestamp() - OVERLAP.toSeconds());
    return new ObjectId("%08x".formatted(seconds) + "0".repeat(16));
  }

  private void read(FindIterable<Document> found) {
    List<Document> batch = new ArrayList<>(BATCH);
    try (MongoCursor<Document> documents = found.batchSize(BATCH).cursor()) {
      while (documents.hasNext() && !closed) {
        batch.add(documents.next());
        if (batch.size() == BATCH) {
          take(batch);
          batch.clear();
        }
      }
    }
    take(batch);
  }

  private void take(List<Document> batch) {
    if (batch.isEmpty()) {
      return;
    }
    intake.take(batch);
    ObjectId last = batch.getLast().get("_id") instanceof ObjectId id ? id : null;
    long validatedMs =
        batch.stream()
            .filter(document -> document.get("timestamp_validated") instanceof Date)
            .mapToLong(
                document -> document.getDate("timestamp_validated").toInstant().toEpochMilli())
            .max()
            .orElse(0);
    keep(position.with(last, Math.min(validatedMs, parts.clock().nowMs())));
  }

  private void keep(MongoPosition next) {
    if (!next.equals(position)) {
      next.save(parts.files(), file);
      position = next;
    }
  }

  /// Ends what is under way.
  @Override
  public void close() {
    closed = true;
    changes.close();
    client.close();
  }
}
