package dev.sightline.api.loki;

import dev.sightline.model.log.LogDeletions;
import java.util.ArrayList;
import java.util.List;

/// Remembers what was to be deleted, in memory; whatever has begun is half done.
public final class FakeLogDeletions implements LogDeletions {
  private final List<Deletion> all = new ArrayList<>();
  private State state = State.HIDDEN;

  void become(State next) {
    state = next;
  }

  @Override
  public Deletion delete(String query, long startNs, long endNs) {
    Deletion said =
        new Deletion("00" + all.size(), query, startNs, endNs, 1_700_000_000_000L, state, 0, 0, "");
    all.add(said);
    return said;
  }

  @Override
  public List<Deletion> deletions() {
    return all.stream().map(this::now).toList();
  }

  private Deletion now(Deletion one) {
    return new Deletion(
        one.id(), one.query(), one.startNs(), one.endNs(), one.createdMs(), state, 4, 1, "");
  }

  @Override
  public Cancelled cancel(String id, boolean force) {
    if (state != State.HIDDEN && !force) {
      return Cancelled.TOO_LATE;
    }
    return all.removeIf(one -> one.id().equals(id)) ? Cancelled.DONE : Cancelled.UNKNOWN;
  }
}
