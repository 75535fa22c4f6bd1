package dev.sightline.wire.serving;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a model answered to one call.
///
/// @param outputs one for each row
/// @param model what the server says it asked; empty where it does not say
/// @param version of that model, as the server says; empty where it does not say
/// @param generation of a generated text; null for any other output
public record ScoringAnswer(
    List<ModelOutput> outputs, String model, String version, @Nullable Generation generation) {
  public ScoringAnswer {
    outputs = List.copyOf(outputs);
  }

  static ScoringAnswer of(List<ModelOutput> outputs) {
    return of(outputs, "", "");
  }

  static ScoringAnswer of(List<ModelOutput> outputs, String model, String version) {
    return new ScoringAnswer(outputs, model, version, null);
  }
}
