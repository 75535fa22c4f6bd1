package dev.sightline.gateway.capture;

import dev.sightline.model.prediction.Datum;
import dev.sightline.wire.serving.Generation;
import dev.sightline.wire.serving.ModelOutput;
import dev.sightline.wire.serving.ScoringAnswer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A generated text, and how long its client waited for the first piece of it.
///
/// @param firstTokenSeconds from the request's arrival; negative where the answer was not streamed
public record Generated(Generation text, double firstTokenSeconds) {
  public static @Nullable Generated of(CallRecord call, ScoringAnswer answer) {
    Generation text = answer.generation();
    return text == null ? null : new Generated(text, call.secondsAt(text.firstTokenEnd()));
  }

  /// The outputs of an answer, with that time where it is known.
  public List<ModelOutput> timed(ScoringAnswer answer) {
    return firstTokenSeconds < 0
        ? answer.outputs()
        : answer.outputs().stream().map(this::timed).toList();
  }

  private ModelOutput timed(ModelOutput output) {
    if (!(output.value() instanceof Datum.Fields(Map<String, Datum> known))) {
      return output;
    }
    Map<String, Datum> fields = new LinkedHashMap<>(known);
    double ms = Math.rint(firstTokenSeconds * 1e6) / 1e3;
    fields.put("time_to_first_token_ms", new Datum.Amount(ms));
    return new ModelOutput(new Datum.Fields(fields), output.confidence(), output.probabilities());
  }
}
