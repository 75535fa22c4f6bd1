package dev.sightline.gateway.prediction;

import dev.sightline.gateway.capture.CallRecord;
import dev.sightline.gateway.capture.CopyBudget;
import dev.sightline.gateway.capture.Payloads;
import dev.sightline.gateway.config.UpstreamModel;
import dev.sightline.gateway.meter.GatewayMeters;
import dev.sightline.gateway.meter.ShadowMeters;
import dev.sightline.gateway.meter.ShadowMeters.Outcome;
import dev.sightline.gateway.prediction.PredictionReader.Reading;
import dev.sightline.gateway.upstream.Fleets;
import dev.sightline.gateway.upstream.Member;
import dev.sightline.gateway.upstream.UpstreamClient;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.time.Clock;
import dev.sightline.wire.serving.ModelOutput;
import dev.sightline.wire.serving.Operation;
import dev.sightline.wire.serving.Payload;
import dev.sightline.wire.serving.PayloadException;
import dev.sightline.wire.serving.ScoringAnswer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.BufferingResponseListener;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/// Sends copies of answered scoring calls to the shadows of models, stores what these predict, and
/// compares it with what the clients got.
///
/// A copy is sent after its call has been answered, on threads of its own, and only if the memory
/// for it and for its answer is free: a shadow that is slow or dead costs copies, counted.
public final class Shadows implements AutoCloseable {
  private static final long MEMORY_BYTES = 16 << 20;
  private static final int ANSWER_BYTES = 256 << 10;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long WAIT_MS = 200;

  private final Fleets fleets;
  private final UpstreamClient client;
  private final ShadowMeters comparison;
  private final GatewayMeters meters;
  private final PredictionKeeper keeper;
  private final CaptureFailures failures;
  private final Clock clock;
  private final CopyBudget budget = new CopyBudget(MEMORY_BYTES);

  /// As many as the memory allows, so that there is always room.
  private final ArrayBlockingQueue<Answer> answers =
      new ArrayBlockingQueue<>((int) (MEMORY_BYTES / ANSWER_BYTES));

  private final Thread worker;
  private volatile boolean closing;

  /// @param client with threads of its own
  public Shadows(
      Fleets fleets,
      UpstreamClient client,
      ShadowMeters comparison,
      GatewayMeters meters,
      PredictionKeeper keeper,
      CaptureFailures failures,
      Clock clock) {
    this.fleets = fleets;
    this.client = client;
    this.comparison = comparison;
    this.meters = meters;
    this.keeper = keeper;
    this.failures = failures;
    this.clock = clock;
    this.worker = Thread.ofPlatform().daemon().name("gateway-shadow-answers").unstarted(this::work);
  }

  /// A complete answer of a shadow, or none.
  ///
  /// @param body null if the shadow gave no answer that can be used
  private record Answer(
      UpstreamModel shadow,
      Operation operation,
      List<Prediction> answered,
      HttpFields headers,
      @Nullable ByteBuffer body,
      double seconds,
      long heldBytes) {}

  public void start() {
    worker.start();
  }

  /// Copies a call to the shadow of its model, if it has one. Does not wait.
  void copy(CallRecord call, Operation operation, Reading reading) {
    UpstreamModel shadow = call.target().model().rivals().shadow();
    if (shadow == null || reading.predictions().isEmpty() || closing) {
      return;
    }
    byte[] body = call.copy().request();
    long bytes = body.length + (long) ANSWER_BYTES;
    if (!budget.take(bytes)) {
      comparison.ended(shadow, Outcome.BUSY);
      return;
    }
    Member member = fleets.of(shadow).choose();
    member.callBegins();
    long startNs = clock.monotonicNs();
    client.copy(
        member,
        call,
        body,
        PATIENCE,
        new BufferingResponseListener(ANSWER_BYTES) {
          private ByteBuffer content() {
            byte[] content = getContent();
            return ByteBuffer.wrap(content == null ? new byte[0] : content);
          }

          @Override
          public void onComplete(Result result) {
            member.callEnds();
            boolean usable = result.isSucceeded() && result.getResponse().getStatus() / 100 == 2;
            HttpFields headers = usable ? result.getResponse().getHeaders() : HttpFields.EMPTY;
            double seconds = (clock.monotonicNs() - startNs) / 1e9;
            hand(
                new Answer(
                    shadow,
                    operation,
                    reading.predictions(),
                    headers,
                    usable ? content() : null,
                    seconds,
                    bytes));
          }
        });
  }

  private void hand(Answer answer) {
    if (!answers.offer(answer)) {
      budget.giveBack(answer.heldBytes);
      comparison.ended(answer.shadow, Outcome.BUSY);
    }
  }

  private void work() {
    while (!closing) {
      try {
        Answer answer = answers.poll(WAIT_MS, TimeUnit.MILLISECONDS);
        if (answer != null) {
          take(answer);
        }
      } catch (InterruptedException _) {
        return;
      } catch (Throwable bug) {
        failures.bug(bug); // an error, too: without this thread no shadow would be read any more
      }
    }
  }

  private void take(Answer answer) {
    try {
      comparison.ended(answer.shadow, outcome(answer));
    } finally {
      budget.giveBack(answer.heldBytes);
    }
  }

  private Outcome outcome(Answer answer) {
    if (answer.body == null) {
      return Outcome.FAILED;
    }
    List<Prediction> shadowed;
    try {
      shadowed = predictions(answer, bytes(answer.body));
    } catch (PayloadException unreadable) {
      failures.unreadable(answer.shadow, CaptureFailures.Part.RESPONSE, unreadable);
      return Outcome.UNREADABLE;
    }
    comparison.compared(answer.answered, shadowed);
    keeper.keep(shadowed);
    return Outcome.ANSWERED;
  }

  private static byte[] bytes(ByteBuffer body) {
    byte[] bytes = new byte[body.remaining()];
    body.duplicate().get(bytes);
    return bytes;
  }

  private List<Prediction> predictions(Answer answer, byte[] body) {
    Payload payload = Payloads.of(answer.headers, body, false);
    ScoringAnswer read =
        answer.shadow.reader().answer(answer.operation, payload, answer.answered.size());
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < answer.answered.size(); i++) {
      ModelOutput output = read.outputs().get(i);
      meters.of(answer.shadow).predicted(output);
      predictions.add(prediction(answer, answer.answered.get(i), output, read.version()));
    }
    return predictions;
  }

  /// Under the id of the prediction that the client got, so that one truth judges both.
  private static Prediction prediction(
      Answer answer, Prediction answered, ModelOutput output, String version) {
    Map<String, String> tags = new LinkedHashMap<>(answered.tags());
    tags.put("shadow_of", answered.model());
    UpstreamModel shadow = answer.shadow;
    return new Prediction(
        answered.id(),
        shadow.name(),
        shadow.version().isEmpty() ? version : shadow.version(),
        answered.timeMs(),
        answered.features(),
        output.value(),
        output.confidence(),
        output.probabilities(),
        Math.rint(answer.seconds * 1e6) / 1e3,
        tags);
  }

  @Override
  public void close() {
    closing = true;
    worker.interrupt();
  }
}
