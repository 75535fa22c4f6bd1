package dev.sightline.wire.serving;

import java.util.List;

/// What a model answered to one call.
///
/// @param outputs one for each row
/// @param model what the server says it asked; empty where it does not say
/// @param version of that model, as the server says; empty where it does not say
public record ScoringAnswer(List<ModelOutput> outputs, String model, String version) {
  public ScoringAnswer {
    outputs = List.copyOf(outputs);
  }

  static ScoringAnswer of(List<ModelOutput> outputs) {
    return new ScoringAnswer(outputs, "", "");
  }
}
