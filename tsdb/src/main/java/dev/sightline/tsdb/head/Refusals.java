package dev.sightline.tsdb.head;

import dev.sightline.model.series.SampleBatch;
import dev.sightline.model.series.SeriesSink.Outcome;
import dev.sightline.model.series.SeriesSink.Reason;
import dev.sightline.model.series.SeriesSink.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What of one batch was refused, in the making.
final class Refusals {
  private static final int MAX_LABELS_SHOWN = 200;

  private final SampleBatch batch;
  private final List<Refusal> spelledOut = new ArrayList<>();
  private final Map<Reason, Integer> countByReason = new EnumMap<>(Reason.class);
  private int count;

  Refusals(SampleBatch batch) {
    this.batch = batch;
  }

  /// @param limit what was expected, as the end of a sentence
  void add(int index, Reason reason, String limit) {
    count++;
    countByReason.merge(reason, 1, Integer::sum);
    if (spelledOut.size() < Outcome.MAX_REFUSALS) {
      String message =
          "sample of %s at %s: %s".formatted(shown(index), time(batch.timestampMs(index)), limit);
      spelledOut.add(new Refusal(index, reason, message));
    }
  }

  int count() {
    return count;
  }

  int count(Reason reason) {
    return countByReason.getOrDefault(reason, 0);
  }

  /// Whether another message would be kept; composing one is not worth it otherwise.
  boolean wantsMessage() {
    return spelledOut.size() < Outcome.MAX_REFUSALS;
  }

  Outcome outcome() {
    spelledOut.sort((a, b) -> Integer.compare(a.index(), b.index()));
    return new Outcome(batch.size() - count, spelledOut, count);
  }

  static String time(long timestampMs) {
    return Instant.ofEpochMilli(timestampMs) + " (" + timestampMs + ")";
  }

  private String shown(int index) {
    String labels = batch.labels(index).toString();
    return labels.length() <= MAX_LABELS_SHOWN
        ? labels
        : labels.substring(0, MAX_LABELS_SHOWN) + "…";
  }
}
