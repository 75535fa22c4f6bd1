package dev.sightline.collect.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.client.MongoChangeStreamCursor;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.changestream.ChangeStreamDocument;
import com.mongodb.client.model.changestream.FullDocument;
import dev.sightline.model.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hears of documents that are added or changed, from servers that say it: a replica set does. What
/// is not heard is found by the next poll, so nothing here has to be remembered.
final class ChangeStream implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChangeStream.class);
  private static final int BATCH = 1_000;

  private final MongoCollection<Document> collection;
  private final MongoIntake intake;

  // guarded by this
  private @Nullable Thread thread;
  private boolean unavailable;

  private volatile boolean closed;

  ChangeStream(MongoCollection<Document> collection, MongoIntake intake) {
    this.collection = collection;
    this.intake = intake;
  }

  /// Listens from now on, unless that goes on already or the server says nothing.
  synchronized void follow() {
    boolean running = thread != null && thread.isAlive();
    if (!running && !unavailable && !closed) {
      thread = Thread.ofVirtual().name("changes of " + collection.getNamespace()).start(this::run);
    }
  }

  private void run() {
    try (MongoChangeStreamCursor<ChangeStreamDocument<Document>> changes =
        collection.watch().fullDocument(FullDocument.UPDATE_LOOKUP).cursor()) {
      while (!closed) {
        List<Document> documents = new ArrayList<>();
        add(changes.next(), documents);
        while (documents.size() < BATCH && add(changes.tryNext(), documents)) {}
        intake.take(documents);
      }
    } catch (MongoCommandException refused) {
      LOG.info("{} is polled only: {}", collection.getNamespace(), refused.getErrorMessage());
      refused();
    } catch (MongoInterruptedException | IllegalStateException _) {
      // The client was closed.
    } catch (MongoException | StoreUnavailableException failure) {
      LOG.debug("changes of {} are not heard now", collection.getNamespace(), failure);
    }
  }

  private synchronized void refused() {
    unavailable = true;
  }

  /// One that is deleted has nothing to be read.
  ///
  /// @return whether there was a change
  private static boolean add(@Nullable ChangeStreamDocument<Document> change, List<Document> into) {
    Document document = change == null ? null : change.getFullDocument();
    if (document != null) {
      into.add(document);
    }
    return change != null;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (thread != null) {
      thread.interrupt();
    }
  }
}
