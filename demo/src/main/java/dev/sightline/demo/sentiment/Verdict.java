package dev.sightline.demo.sentiment;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// What the model makes of one sentence.
///
/// @param confidence probability of `sentiment`, 0.5 to 1
/// @param probabilities of every sentiment; their sum is 1
public record Verdict(
    Sentiment sentiment, double confidence, Map<Sentiment, Double> probabilities) {
  public Verdict {
    probabilities = Collections.unmodifiableMap(new EnumMap<>(probabilities));
  }
}
