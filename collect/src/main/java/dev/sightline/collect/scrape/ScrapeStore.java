package dev.sightline.collect.scrape;

import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.Counter;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.series.SampleBatch;
import dev.sightline.model.series.SeriesSink;
import dev.sightline.model.series.SeriesSink.Durability;
import dev.sightline.model.series.SeriesSink.Outcome;
import dev.sightline.model.series.SeriesSink.Refusal;
import dev.sightline.model.store.StoreUnavailableException;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where scrapes put their samples, and the counts of what was put there and what was not.
final class ScrapeStore {
  private static final Logger LOG = LoggerFactory.getLogger(ScrapeStore.class);

  private final SeriesSink sink;
  private final MeterRegistry meters;
  private final Counter stored;
  private final Counter lost;

  ScrapeStore(SeriesSink sink, MeterRegistry meters) {
    this.sink = sink;
    this.meters = meters;
    this.stored =
        meters.counter(
            "sightline_scrape_samples_total", "Samples stored from scrapes.", Labels.EMPTY);
    this.lost =
        meters.counter(
            "sightline_scrape_samples_lost_total",
            "Samples of scrapes that the store could not take because it was unavailable.",
            Labels.EMPTY);
  }

  void append(SampleBatch batch, String target) {
    try {
      Outcome outcome = sink.append(batch, Durability.WITHIN_A_SECOND);
      stored.add(outcome.stored());
      for (Refusal refusal : outcome.refused()) {
        refused(refusal.reason().name().toLowerCase(Locale.ROOT), 1);
      }
      if (!outcome.refused().isEmpty()) {
        LOG.debug(
            "{}: {} samples refused, the first: {}",
            target,
            outcome.refusedCount(),
            outcome.refused().getFirst().message());
      }
      refused("not_listed", outcome.refusedCount() - outcome.refused().size());
    } catch (StoreUnavailableException failure) {
      lost.add(batch.size());
      LOG.warn("{} was not stored: {}", target, failure.getMessage());
    }
  }

  /// Counts samples that were not stored although the scrape was good.
  void refused(String reason, int count) {
    if (count > 0) {
      meters
          .counter(
              "sightline_rejected_total",
              "What was refused, by the surface it came to and the reason.",
              Labels.of("surface", "scrape", "reason", reason))
          .add(count);
    }
  }
}
