package dev.sightline.wire.serving;

import dev.sightline.model.prediction.Datum;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One entry of Triton's classification extension, the text `score:index[:label]`.
///
/// @param name the label, or the configured name of the class, or its number
record Classification(double score, String name) {
  private static final double MOST_CERTAINTY = 1.02;
  private static final int MAX_SCORE_LENGTH = 400;

  /// Whether every value of an output is such an entry. Triton writes scores with a fraction, by
  /// which other texts with colons, such as times, are told apart.
  static boolean isIn(Tensor output) {
    return !output.values().isEmpty()
        && output.values().stream()
            .allMatch(
                value ->
                    value instanceof Datum.Text(String text) && parse(text, List.of()) != null);
  }

  /// Reads one row of an output that [#isIn] is true of.
  ///
  /// @return `label`, and `score` and `probabilities` where the scores can be certainties
  static Datum of(Datum row, List<String> classes) {
    List<Datum> texts = row instanceof Datum.Items(List<Datum> items) ? items : List.of(row);
    List<Classification> entries = new ArrayList<>(texts.size());
    for (Datum text : texts) {
      Classification entry =
          text instanceof Datum.Text(String written) ? parse(written, classes) : null;
      if (entry == null) {
        return row;
      }
      entries.add(entry);
    }
    return answer(entries);
  }

  private static Datum answer(List<Classification> entries) {
    Classification best = entries.getFirst();
    double sum = 0;
    Map<String, Datum> scores = new LinkedHashMap<>();
    for (Classification entry : entries) {
      best = entry.score > best.score ? entry : best;
      sum = entry.score < 0 ? Double.POSITIVE_INFINITY : sum + entry.score;
      scores.put(entry.name, new Datum.Amount(entry.score));
    }
    Map<String, Datum> answer = new LinkedHashMap<>();
    answer.put("label", new Datum.Text(best.name));
    // Of scores that no distribution could have (logits, say), none is a certainty.
    if (sum <= MOST_CERTAINTY) {
      answer.put("score", new Datum.Amount(best.score));
      answer.put("probabilities", new Datum.Fields(scores));
    }
    return new Datum.Fields(answer);
  }

  private static @Nullable Classification parse(String text, List<String> classes) {
    int first = text.indexOf(':');
    if (first <= 0) {
      return null;
    }
    int second = text.indexOf(':', first + 1);
    String number = text.substring(first + 1, second < 0 ? text.length() : second);
    Double score = score(text.substring(0, first));
    if (score == null || number.isEmpty() || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return null;
    }
    if (second >= 0 && second + 1 < text.length()) {
      return new Classification(score, text.substring(second + 1));
    }
    int index = number.length() < 9 ? Integer.parseInt(number) : Integer.MAX_VALUE;
    return new Classification(score, index < classes.size() ? classes.get(index) : number);
  }

  private static @Nullable Double score(String text) {
    try {
      boolean fraction = text.length() <= MAX_SCORE_LENGTH && text.indexOf('.') >= 0;
      double score = fraction ? Double.parseDouble(text) : Double.NaN;
      return Double.isFinite(score) ? (Double) score : null;
    } catch (NumberFormatException _) {
      return null;
    }
  }
}
