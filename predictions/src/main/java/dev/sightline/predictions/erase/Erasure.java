package dev.sightline.predictions.erase;

import dev.sightline.model.prediction.PredictionDeletions.Deletion;
import org.jspecify.annotations.Nullable;

/// One deletion as it is kept on disk.
///
/// @param deletion without its problem, which is of the running process alone
/// @param ids of predictions that may not come back as long as they could, which is the retention
public record Erasure(Deletion deletion, IdHashes ids) {
  public long number() {
    return deletion.number();
  }

  public String model() {
    return deletion.model();
  }

  public boolean isGone() {
    return deletion.goneMs() != null;
  }

  Erasure gone(long nowMs) {
    return new Erasure(with(nowMs, ""), ids);
  }

  Erasure withoutIds() {
    return new Erasure(deletion, IdHashes.NONE);
  }

  public Deletion with(@Nullable Long goneMs, String problem) {
    return new Deletion(
        deletion.number(),
        deletion.model(),
        deletion.kind(),
        deletion.field(),
        deletion.fingerprint(),
        deletion.by(),
        deletion.requestedMs(),
        deletion.predictions(),
        deletion.truthsByKey(),
        goneMs,
        problem);
  }
}
