package dev.sightline.gateway.prediction;

import dev.sightline.gateway.capture.CallRecord;
import dev.sightline.gateway.capture.Generated;
import dev.sightline.gateway.config.UpstreamModel;
import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.wire.serving.ModelOutput;
import dev.sightline.wire.serving.Operation;
import dev.sightline.wire.serving.Payload;
import dev.sightline.wire.serving.PayloadException;
import dev.sightline.wire.serving.ScoringAnswer;
import dev.sightline.wire.serving.ScoringRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the copy of a successful scoring call as predictions, one for each row.
///
/// A prediction has the call's id; in a call of several rows, row N, counted from 0, has the id
/// followed by `-N`. Where only the answer can be read, the predictions have no features: they can
/// still be joined with their truth.
public final class PredictionReader {
  private static final int MAX_PARAM_LENGTH = 200;

  private final CaptureFailures failures;

  PredictionReader(CaptureFailures failures) {
    this.failures = failures;
  }

  /// What a call yields.
  ///
  /// @param bytes how long its bodies were without their content coding
  /// @param generated null where the model generates no texts
  record Reading(
      List<ModelOutput> outputs,
      List<Prediction> predictions,
      @Nullable Generated generated,
      long bytes) {
    static final Reading NOTHING = new Reading(List.of(), List.of(), null, 0);

    Reading {
      outputs = List.copyOf(outputs);
      predictions = List.copyOf(predictions);
    }
  }

  /// @param call that asked for predictions and succeeded
  Reading read(CallRecord call, Operation operation) {
    UpstreamModel model = call.target().model();
    Asked asked = asked(call, operation);
    ScoringRequest request = asked.request;
    ScoringAnswer answer;
    long bytes = asked.bytes;
    try {
      Payload payload = call.response();
      bytes += payload.length();
      answer =
          model.reader().answer(operation, payload, request == null ? -1 : request.rows().size());
    } catch (PayloadException unreadable) {
      failures.unreadable(model, CaptureFailures.Part.RESPONSE, unreadable);
      return Reading.NOTHING;
    }
    Generated generated = Generated.of(call, answer);
    List<ModelOutput> outputs = generated == null ? answer.outputs() : generated.timed(answer);
    Map<String, String> tags = tags(call, request, answer);
    List<Prediction> predictions = new ArrayList<>(outputs.size());
    for (int i = 0; i < outputs.size(); i++) {
      Map<String, Datum> features = request == null ? Map.of() : request.rows().get(i);
      String id = id(call, request, i, outputs.size());
      predictions.add(prediction(call, id, answer, features, outputs.get(i), tags));
    }
    return new Reading(outputs, predictions, generated, bytes);
  }

  /// What the client calls the row or the call, where the configuration says where that stands.
  private static String id(CallRecord call, @Nullable ScoringRequest request, int row, int rows) {
    List<String> ids = request == null ? List.of() : request.ids();
    if (ids.size() == rows) {
      return ids.get(row);
    }
    String ofCall = ids.size() == 1 ? ids.getFirst() : call.id();
    return rows == 1 ? ofCall : ofCall + "-" + row;
  }

  /// @param request null if it cannot be read
  /// @param bytes how long it was without its content coding
  private record Asked(@Nullable ScoringRequest request, long bytes) {}

  private Asked asked(CallRecord call, Operation operation) {
    UpstreamModel model = call.target().model();
    try {
      Payload payload = call.request();
      return new Asked(model.reader().request(operation, payload), payload.length());
    } catch (PayloadException unreadable) {
      failures.unreadable(model, CaptureFailures.Part.REQUEST, unreadable);
      return new Asked(null, 0);
    }
  }

  private static Prediction prediction(
      CallRecord call,
      String id,
      ScoringAnswer answer,
      Map<String, Datum> features,
      ModelOutput output,
      Map<String, String> tags) {
    UpstreamModel model = call.target().model();
    double seconds = call.inferenceSeconds();
    return new Prediction(
        id,
        model.name(),
        model.version().isEmpty() ? answer.version() : model.version(),
        call.startMs(),
        features,
        output.value(),
        output.confidence(),
        output.probabilities(),
        seconds < 0 ? null : (Double) (Math.rint(seconds * 1e6) / 1e3),
        tags);
  }

  private static Map<String, String> tags(
      CallRecord call, @Nullable ScoringRequest request, ScoringAnswer answer) {
    Map<String, String> tags = new LinkedHashMap<>();
    if (!answer.model().isEmpty() && !answer.model().equals(call.target().model().name())) {
      tags.put("served_model", answer.model());
    }
    String traceparent = call.traceparent();
    if (traceparent != null) {
      tags.put("traceparent", traceparent);
    }
    if (!call.country().isEmpty()) {
      tags.put("country", call.country());
    }
    if (request != null) {
      request
          .params()
          .forEach(
              (name, value) -> {
                String text = text(value);
                if (text != null && text.length() <= MAX_PARAM_LENGTH) {
                  tags.put("param." + name, text);
                }
              });
    }
    return tags;
  }

  private static @Nullable String text(Datum value) {
    return switch (value) {
      case Datum.Text(String text) -> text;
      case Datum.Flag(boolean flag) -> Boolean.toString(flag);
      case Datum.Amount(double amount) -> Double.toString(amount);
      case Datum.Missing _, Datum.Items _, Datum.Fields _ -> null;
    };
  }
}
