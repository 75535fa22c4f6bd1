package dev.sightline.gateway.prediction;

import dev.sightline.gateway.capture.CallRecord;
import dev.sightline.gateway.capture.CopyQueue;
import dev.sightline.gateway.meter.GatewayMeters;
import dev.sightline.gateway.meter.ModelMeters;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.wire.serving.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Turns the copies of calls into predictions and stores them, in batches, on threads of its own.
///
/// A store that fails loses the predictions of a batch, counted; it never holds up a call, nor the
/// series about confidence.
public final class PredictionRecorder implements AutoCloseable {
  private static final int WORKERS = 2;
  private static final int BATCH = 256;

  /// Of bodies without their content coding; under it, they are far shorter at times.
  private static final long BATCH_BYTES = 4 << 20;

  private static final long WAIT_MS = 200;
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  private final CopyQueue copies;
  private final PredictionKeeper keeper;
  private final Shadows shadows;
  private final GatewayMeters meters;
  private final CaptureFailures failures;
  private final PredictionReader reader;
  private final List<Thread> workers = new ArrayList<>();
  private volatile boolean closing;

  public PredictionRecorder(
      CopyQueue copies,
      PredictionKeeper keeper,
      Shadows shadows,
      GatewayMeters meters,
      CaptureFailures failures) {
    this.copies = copies;
    this.keeper = keeper;
    this.shadows = shadows;
    this.meters = meters;
    this.failures = failures;
    this.reader = new PredictionReader(failures);
  }

  public void start() {
    for (int i = 0; i < WORKERS; i++) {
      workers.add(Thread.ofPlatform().daemon().name("gateway-copies-" + i).start(this::work));
    }
  }

  /// Stores what waits, then ends.
  @Override
  public void close() {
    closing = true;
    boolean interrupted = false;
    for (Thread worker : workers) {
      try {
        worker.join(CLOSE_LIMIT);
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    List<CallRecord> batch = new ArrayList<>(BATCH);
    while (!(closing && copies.isEmpty())) {
      try {
        CallRecord first = copies.poll(WAIT_MS);
        if (first == null) {
          continue;
        }
        batch.add(first);
        copies.drainTo(batch, BATCH - 1);
        record(batch);
      } catch (InterruptedException _) {
        return;
      } catch (Throwable bug) {
        failures.bug(bug); // an error, too: without this thread nothing would be read any more
      } finally {
        batch.forEach(call -> call.copy().release());
        batch.clear();
      }
    }
  }

  private void record(List<CallRecord> batch) {
    List<Prediction> predictions = new ArrayList<>();
    long bytes = 0;
    for (CallRecord call : batch) {
      Operation operation = call.target().operation();
      if (operation != null && call.isSuccess()) {
        PredictionReader.Reading reading = reader.read(call, operation);
        ModelMeters ofModel = meters.of(call.target().model());
        reading.outputs().forEach(ofModel::predicted);
        if (reading.generated() != null) {
          ofModel.generated(reading.generated());
        }
        shadows.copy(call, operation, reading);
        predictions.addAll(reading.predictions());
        bytes += reading.bytes();
      }
      if (bytes >= BATCH_BYTES) {
        keeper.keep(predictions);
        predictions.clear();
        bytes = 0;
      }
    }
    if (!predictions.isEmpty()) {
      keeper.keep(predictions);
    }
  }
}
