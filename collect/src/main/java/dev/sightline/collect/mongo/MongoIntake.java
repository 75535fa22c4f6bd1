package dev.sightline.collect.mongo;

import com.mongodb.client.MongoCollection;
import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.Gauge;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionSink.PredictionReceipt;
import dev.sightline.model.prediction.PredictionSink.TruthReceipt;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes documents of one collection to the store, and marks those whose truth is there, if that is
/// wanted.
///
/// Safe for any number of threads.
final class MongoIntake {
  private static final Logger LOG = LoggerFactory.getLogger(MongoIntake.class);

  private final MongoJob job;
  private final MongoService.Parts parts;
  private final MongoCollection<Document> collection;
  private final ClaraDocument reader;
  private final Gauge up;
  private volatile String lastComplaint = "";

  MongoIntake(MongoJob job, MongoService.Parts parts, MongoCollection<Document> collection) {
    this.job = job;
    this.parts = parts;
    this.collection = collection;
    this.reader = new ClaraDocument(job);
    this.up =
        parts
            .meters()
            .gauge(
                "sightline_mongodb_up",
                "Whether the collection of a model could be read when it was asked last.",
                Labels.of("model", job.model()));
  }

  void up(boolean works) {
    up.set(works ? 1 : 0);
  }

  /// When it returns, what could be stored is on disk.
  void take(List<Document> documents) {
    long nowMs = parts.clock().nowMs();
    List<Prediction> predictions = new ArrayList<>();
    List<GroundTruth> truths = new ArrayList<>();
    List<Object> judged = new ArrayList<>();
    for (Document document : documents) {
      try {
        Prediction prediction = reader.prediction(document, nowMs);
        GroundTruth truth = reader.truth(document, nowMs);
        predictions.add(prediction);
        if (truth != null) {
          truths.add(truth);
          judged.add(document.get("_id"));
        }
      } catch (ClaraDocument.UnreadableException bad) {
        count("unreadable");
        complain(ClaraDocument.id(document), String.valueOf(bad.getMessage()));
      }
    }
    store(predictions);
    join(truths, judged);
  }

  private void store(List<Prediction> predictions) {
    List<PredictionReceipt> receipts = parts.sink().store(predictions);
    for (int i = 0; i < receipts.size(); i++) {
      switch (receipts.get(i)) {
        case PredictionReceipt.Stored() -> count("stored");
        case PredictionReceipt.AlreadyStored() -> count("known");
        case PredictionReceipt.Refused(String message) -> {
          count("refused");
          complain(predictions.get(i).id(), message);
        }
      }
    }
  }

  private void join(List<GroundTruth> truths, List<Object> ids) {
    if (truths.isEmpty()) {
      return;
    }
    List<TruthReceipt> receipts = parts.sink().join(truths);
    List<Object> joined = new ArrayList<>();
    for (int i = 0; i < receipts.size(); i++) {
      switch (receipts.get(i)) {
        case TruthReceipt.Joined(), TruthReceipt.Corrected() -> joined.add(ids.get(i));
        case TruthReceipt.Waiting() -> {} // its prediction was refused
        case TruthReceipt.Refused(String message) ->
            complain(truths.get(i).predictionId(), message);
      }
    }
    if (job.mark() && !joined.isEmpty()) {
      collection.updateMany(
          new Document("_id", new Document("$in", joined))
              .append("logged", new Document("$ne", true)),
          new Document("$set", new Document("logged", true)));
    }
  }

  private void count(String result) {
    parts
        .meters()
        .counter(
            "sightline_mongodb_documents_total",
            "Documents of collections that were read, by what became of them.",
            Labels.of("model", job.model(), "result", result))
        .increment();
  }

  /// The same is said once, not for every document and poll.
  private void complain(String id, String message) {
    String kind = message.replaceAll("[0-9]+", "N");
    if (!kind.equals(lastComplaint)) {
      lastComplaint = kind;
      LOG.warn("{} of model {}: document {}: {}", job.place(), job.model(), id, message);
    }
  }
}
