package dev.sightline.quality.monitor;

import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.Counter;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.prediction.PredictionSource;
import dev.sightline.model.prediction.PredictionSource.ModelSummary;
import dev.sightline.model.query.QueryException;
import dev.sightline.model.series.SampleBatch;
import dev.sightline.model.series.SeriesSink;
import dev.sightline.model.series.SeriesSink.Durability;
import dev.sightline.model.series.Staleness;
import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.model.time.Clock;
import dev.sightline.model.time.Scheduler;
import dev.sightline.quality.window.OwnThread;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets monitors look at every model again and again, and writes what they find as series.
///
/// What is no longer found ends its series.
public final class Monitors implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Monitors.class);

  private final Parts parts;
  private final List<ModelMonitor> monitors;
  private final Counter failures;
  private final Scheduler.Repeating schedule;

  /// What the log was told last, by monitor and model, so that it is told once.
  private final Map<List<String>, String> told = new HashMap<>();

  private Set<Labels> written = new HashSet<>();

  /// What models there are, and where findings go.
  public record Parts(
      PredictionSource source,
      SeriesSink sink,
      Clock clock,
      Scheduler scheduler,
      MeterRegistry meters) {}

  private Monitors(Parts parts, List<ModelMonitor> monitors, Duration every) {
    this.parts = parts;
    this.monitors = List.copyOf(monitors);
    this.failures =
        parts
            .meters()
            .counter(
                "sightline_monitor_failures_total",
                "Models that a monitor could not look at.",
                Labels.EMPTY);
    this.schedule =
        parts
            .scheduler()
            .every("monitors of models", every, every, () -> OwnThread.run("monitors", this::run));
  }

  public static Monitors start(Parts parts, List<ModelMonitor> monitors, Duration every) {
    return new Monitors(parts, monitors, every);
  }

  private void run() {
    long nowMs = parts.clock().nowMs();
    List<ModelSummary> models = parts.source().models();
    SampleBatch batch = new SampleBatch();
    Set<Labels> current = new HashSet<>();
    for (ModelMonitor monitor : monitors) {
      monitor.retain(models.stream().map(ModelSummary::name).toList());
      for (ModelSummary model : models) {
        for (Finding finding : look(monitor, model, nowMs)) {
          if (current.add(finding.labels())) {
            batch.add(finding.labels(), nowMs, finding.value());
          }
        }
      }
    }
    written.stream()
        .filter(labels -> !current.contains(labels))
        .forEach(labels -> batch.add(labels, nowMs, Staleness.MARKER));
    written = current;
    if (batch.size() > 0) {
      parts.sink().append(batch, Durability.WITHIN_A_SECOND);
    }
  }

  private List<Finding> look(ModelMonitor monitor, ModelSummary model, long nowMs) {
    try {
      return monitor.look(model, nowMs);
    } catch (QueryException | StoreUnavailableException failure) {
      failures.increment();
      tell(monitor.name(), model.name(), String.valueOf(failure.getMessage()));
      return List.of();
    }
  }

  private void tell(String monitor, String model, String message) {
    if (!Objects.equals(told.put(List.of(monitor, model), message), message)) {
      LOG.warn("no {} of model {}: {}", monitor, model, message);
    }
  }

  @Override
  public void close() {
    schedule.close();
  }
}
