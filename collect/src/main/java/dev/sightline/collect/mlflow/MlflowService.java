package dev.sightline.collect.mlflow;

import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.Counter;
import dev.sightline.model.meter.Gauge;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.registry.Artifact;
import dev.sightline.model.registry.Artifacts;
import dev.sightline.model.registry.PollState;
import dev.sightline.model.registry.VersionFacts;
import dev.sightline.model.registry.VersionSink;
import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.model.time.Clock;
import dev.sightline.model.time.Scheduler;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the registry of a tracking server again and again, and reads files of training from it. A
/// call that fails leaves what is known.
///
/// Safe for any number of threads.
public final class MlflowService implements Artifacts, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MlflowService.class);

  private final Parts parts;

  // guarded by this
  private @Nullable Running running;

  private volatile @Nullable PollState state;

  /// What asking takes.
  public record Parts(VersionSink sink, Clock clock, Scheduler scheduler, MeterRegistry meters) {}

  private record Running(MlflowJob job, MlflowClient client, Scheduler.Repeating polling) {
    void close() {
      polling.close();
      client.close();
    }
  }

  public MlflowService(Parts parts) {
    this.parts = parts;
  }

  /// Asks this one from now on, and no other.
  ///
  /// @param job null for none
  public synchronized void take(@Nullable MlflowJob job) {
    Running before = running;
    if (before != null && Objects.equals(before.job, job)) {
      return;
    }
    if (before != null) {
      before.close();
      running = null;
      state = null;
    }
    if (job != null) {
      state = new PollState(job.trackingUri().toString(), null, "not asked yet");
      MlflowClient client = new MlflowClient(job);
      Gauge up =
          parts.meters.gauge(
              "sightline_mlflow_up",
              "Whether the registry of MLflow answered when it was asked last.",
              Labels.EMPTY);
      running =
          new Running(
              job,
              client,
              parts.scheduler.every(
                  "registry of MLflow",
                  Duration.ZERO,
                  job.interval(),
                  () -> poll(job, client, up)));
    }
  }

  /// How the registry was reached last; null where none is asked.
  public @Nullable PollState state() {
    return state;
  }

  @Override
  public <T> T read(Artifact what, Function<InputStream, T> reader) {
    MlflowJob job = job();
    if (job == null) {
      throw new ArtifactException(Fault.ASKED, "no registry is configured: mlflow.tracking_uri");
    }
    return new MlflowFiles(job).read(what, reader);
  }

  private synchronized @Nullable MlflowJob job() {
    return running == null ? null : running.job;
  }

  private void poll(MlflowJob job, MlflowClient client, Gauge up) {
    PollState before = state;
    Long lastMs = before == null ? null : before.lastSuccessMs();
    String failure = "";
    try {
      Map<String, Map<String, VersionFacts>> models = new MlflowReader(job.models()).read(client);
      parts.sink.polled(models);
      lastMs = parts.clock.nowMs();
    } catch (MlflowException bad) {
      failure = bad.text();
    } catch (StoreUnavailableException | IllegalArgumentException bad) {
      failure = String.valueOf(bad.getMessage());
    }
    up.set(failure.isEmpty() ? 1 : 0);
    polls(failure.isEmpty() ? "success" : "failure").increment();
    tell(job, before == null ? "" : before.failure(), failure);
    state = new PollState(job.trackingUri().toString(), lastMs, failure);
  }

  /// The same is said once.
  private static void tell(MlflowJob job, String before, String now) {
    if (!now.isEmpty() && !now.equals(before)) {
      LOG.warn("the registry of MLflow is not known anew, what was known stays: {}", now);
    } else if (now.isEmpty() && !before.isEmpty()) {
      LOG.info("the registry of MLflow at {} answers", job.trackingUri());
    }
  }

  private Counter polls(String result) {
    return parts.meters.counter(
        "sightline_mlflow_polls_total",
        "Times that the registry of MLflow was asked, by what came of it.",
        Labels.of("result", result));
  }

  @Override
  public void close() {
    take(null);
  }
}
