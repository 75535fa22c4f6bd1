package dev.sightline.quality.registry;

import dev.sightline.model.prediction.PredictionColumns;
import dev.sightline.model.prediction.PredictionColumns.Scan;
import dev.sightline.model.prediction.PredictionSource;
import dev.sightline.model.prediction.PredictionSource.ModelSummary;
import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.model.time.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notices versions whose first predictions have come, and notes that they were deployed.
public final class Deployments implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Deployments.class);
  private static final Duration PERIOD = Duration.ofSeconds(5);

  private final Registry registry;
  private final PredictionSource source;
  private final PredictionColumns columns;
  private final Scheduler.Repeating watching;

  private Deployments(
      Registry registry, PredictionSource source, PredictionColumns columns, Scheduler scheduler) {
    this.registry = registry;
    this.source = source;
    this.columns = columns;
    this.watching = scheduler.every("deployments", PERIOD, PERIOD, this::look);
  }

  public static Deployments watch(
      Registry registry, PredictionSource source, PredictionColumns columns, Scheduler scheduler) {
    return new Deployments(registry, source, columns, scheduler);
  }

  private void look() {
    try {
      source.models().forEach(this::look);
    } catch (StoreUnavailableException | IllegalArgumentException refused) {
      LOG.debug("first predictions are noted later: {}", refused.getMessage());
    }
  }

  private void look(ModelSummary model) {
    ModelCard card = registry.card(model.name());
    for (String version : model.versions()) {
      if (!registry.hasSeen(card, version)) {
        registry.seen(model.name(), version, firstMs(model, version));
      }
    }
  }

  private long firstMs(ModelSummary model, String version) {
    AtomicLong firstMs = new AtomicLong(model.lastPredictionMs());
    Scan scan =
        new Scan(model.name(), Long.MIN_VALUE / 4, Long.MAX_VALUE / 4, version, List.of(), 1);
    columns.scan(
        scan,
        batch -> {
          for (int row = 0; row < batch.rows(); row++) {
            firstMs.accumulateAndGet(batch.timesMs()[row], Math::min);
          }
        });
    return firstMs.get();
  }

  @Override
  public void close() {
    watching.close();
  }
}
