package dev.sightline.api.cloudevents;

import static dev.sightline.api.http.Parameter.optional;

import dev.sightline.api.auth.Permission;
import dev.sightline.api.http.ApiError;
import dev.sightline.api.http.ApiException;
import dev.sightline.api.http.Call;
import dev.sightline.api.http.Parameter;
import dev.sightline.api.http.PathTemplate;
import dev.sightline.api.http.Reply;
import dev.sightline.api.http.Route;
import dev.sightline.api.http.Routes;
import dev.sightline.model.label.Labels;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionSink;
import dev.sightline.model.prediction.PredictionSink.PredictionReceipt;
import dev.sightline.model.store.StoreUnavailableException;
import dev.sightline.model.time.Clock;
import dev.sightline.wire.serving.PayloadException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Where KServe's logger sends what it sees: requests and responses as CloudEvents, which become
/// predictions once both are here.
public final class CloudEventsApi {
  /// KServe's logger posts to whatever address it was given; many give one without a path.
  private static final List<String> PATHS = List.of("/v1/cloudevents", "/");

  private final PredictionSink sink;
  private final Supplier<Map<String, ServedModel>> models;
  private final WaitingHalves waiting;
  private final Clock clock;

  /// @param models that are configured now, by name
  public CloudEventsApi(
      PredictionSink sink,
      Supplier<Map<String, ServedModel>> models,
      Clock clock,
      MeterRegistry meters) {
    this.sink = sink;
    this.models = models;
    this.clock = clock;
    this.waiting =
        new WaitingHalves(
            clock,
            () ->
                meters
                    .counter(
                        "sightline_cloudevents_unmatched_total",
                        "Requests or responses whose other half did not come in time.",
                        Labels.EMPTY)
                    .increment());
  }

  public void addTo(Routes routes) {
    for (String path : PATHS) {
      routes.add(
          new Route(
              "POST",
              PathTemplate.of(path),
              Permission.WRITE,
              "Take requests and responses of models as CloudEvents, as KServe's logger sends them",
              List.of(
                  optional(
                      "model",
                      Parameter.Type.STRING,
                      "Name of the model; that of the inference service where absent")),
              this::take));
    }
  }

  /// 200 once predictions are stored, 202 while a half waits for the other.
  private Reply take(Call call) {
    int stored = 0;
    boolean waits = false;
    for (CloudEvent event : CloudEvent.read(call, clock.nowMs())) {
      CloudEvent other = waiting.meet(event);
      waits |= other == null;
      stored += other == null ? 0 : store(event, other);
    }
    int rows = stored;
    return Reply.json(
        waits && rows == 0 ? 202 : 200,
        json -> json.beginObject().name("stored").value(rows).endObject());
  }

  private int store(CloudEvent event, CloudEvent other) {
    boolean asks = event.half() == CloudEvent.Half.REQUEST;
    CloudEvent request = asks ? event : other;
    CloudEvent response = asks ? other : event;
    try {
      List<Prediction> predictions =
          EventReader.read(request, response, models.get().get(event.model()));
      List<PredictionReceipt> receipts = sink.store(predictions);
      for (PredictionReceipt receipt : receipts) {
        if (receipt instanceof PredictionReceipt.Refused(String message)) {
          throw bad(event, message);
        }
      }
      return receipts.size();
    } catch (PayloadException unreadable) {
      throw bad(event, String.valueOf(unreadable.getMessage()));
    } catch (StoreUnavailableException full) {
      waiting.restore(other); // the sender may try again
      throw full;
    }
  }

  private static ApiException bad(CloudEvent event, String message) {
    return new ApiException(
        ApiError.badData("CloudEvent " + event.id() + " of " + event.model() + ": " + message));
  }
}
