package dev.sightline.collect.kafka;

import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.RowIntake;
import dev.sightline.model.prediction.RowIntake.Result;
import dev.sightline.model.prediction.RowIntake.SentRow;
import dev.sightline.wire.serving.JsonDatum;
import dev.sightline.wire.serving.PayloadException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes records of a topic to the store. One that cannot be read or stored is counted and named in
/// the log; it holds up no other.
final class KafkaRecords {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaRecords.class);

  /// So many complaints of one batch are written out.
  private static final int MOST_TOLD = 10;

  private final KafkaJob job;
  private final RowIntake intake;
  private final MeterRegistry meters;

  /// A row and the record that it stood in.
  private record Place(SentRow row, ConsumerRecord<byte[], byte[]> record) {}

  KafkaRecords(KafkaJob job, RowIntake intake, MeterRegistry meters) {
    this.job = job;
    this.intake = intake;
    this.meters = meters;
  }

  /// When it returns, what could be stored is on disk.
  ///
  /// @throws dev.sightline.model.store.StoreUnavailableException if nothing can be kept now; to be
  ///   said again then
  void take(Iterable<ConsumerRecord<byte[], byte[]>> records) {
    List<Place> places = new ArrayList<>();
    List<String> complaints = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        places.addAll(rows(record));
      } catch (PayloadException bad) {
        count("unreadable");
        complaints.add(complaint(record, String.valueOf(bad.getMessage())));
      }
    }
    if (!places.isEmpty()) {
      store(places, complaints);
    }
    complaints.stream().limit(MOST_TOLD).forEach(text -> LOG.warn("{}", text));
    if (complaints.size() > MOST_TOLD) {
      LOG.warn("{}: {} more were not taken", job.place(), complaints.size() - MOST_TOLD);
    }
  }

  private void store(List<Place> places, List<String> complaints) {
    List<SentRow> rows = places.stream().map(Place::row).toList();
    List<Result> results =
        switch (job.kind()) {
          case PREDICTIONS -> intake.predictions(job.model(), rows);
          case TRUTHS -> intake.truths(job.model(), rows);
        };
    for (int i = 0; i < results.size(); i++) {
      switch (results.get(i)) {
        case Result.Taken() -> count("stored");
        case Result.Known() -> count("known");
        case Result.Refused(String reason) -> {
          count("refused");
          complaints.add(complaint(places.get(i).record(), reason));
        }
      }
    }
  }

  /// One row, or a list of them. A record without a value is a mark of compaction, and no row.
  private List<Place> rows(ConsumerRecord<byte[], byte[]> record) throws PayloadException {
    byte[] value = record.value();
    if (value == null) {
      return List.of();
    }
    Datum whole = JsonDatum.read(value);
    List<Datum> sent = whole instanceof Datum.Items(List<Datum> items) ? items : List.of(whole);
    List<Place> rows = new ArrayList<>();
    String id = record.topic() + "-" + record.partition() + "-" + record.offset();
    for (int i = 0; i < sent.size(); i++) {
      String own = sent.size() == 1 ? id : id + "-" + i;
      rows.add(new Place(new SentRow(sent.get(i), own, record.timestamp()), record));
    }
    return rows;
  }

  private String complaint(ConsumerRecord<byte[], byte[]> record, String what) {
    return job.place()
        + ", partition "
        + record.partition()
        + ", offset "
        + record.offset()
        + " is not taken: "
        + what;
  }

  private void count(String result) {
    meters
        .counter(
            "sightline_kafka_records_total",
            "Rows of topics that were read, by what became of them.",
            Labels.of("model", job.model(), "topic", job.topic(), "result", result))
        .increment();
  }
}
