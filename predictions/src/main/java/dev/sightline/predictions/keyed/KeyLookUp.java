package dev.sightline.predictions.keyed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/// Looks for the predictions that truths by key are about, among those that are stored.
///
/// Safe for any number of threads; few look at once, the others wait.
final class KeyLookUp {
  private static final int AT_ONCE = 2;

  private final KeySearch search;
  private final Semaphore turns = new Semaphore(AT_ONCE, true);

  private record Group(String model, List<String> names) {}

  KeyLookUp(KeySearch search) {
    this.search = search;
  }

  /// @return the ids of those that were found, in the order of the truths
  Map<WaitingTruth, String> find(Collection<WaitingTruth> truths) {
    Map<Group, List<WaitingTruth>> groups = new LinkedHashMap<>();
    for (WaitingTruth truth : truths) {
      groups
          .computeIfAbsent(new Group(truth.truth().model(), truth.names()), _ -> new ArrayList<>())
          .add(truth);
    }
    Map<WaitingTruth, String> found = new HashMap<>();
    turns.acquireUninterruptibly();
    try {
      groups.forEach((group, asked) -> find(group, asked, found));
    } finally {
      turns.release();
    }
    Map<WaitingTruth, String> inOrder = new LinkedHashMap<>();
    for (WaitingTruth truth : truths) {
      String id = found.get(truth);
      if (id != null) {
        inOrder.put(truth, id);
      }
    }
    return inOrder;
  }

  /// The newest that fits is met first, unless it was made after a truth that says no time: such a
  /// truth looks on for one from before.
  private void find(Group group, List<WaitingTruth> asked, Map<WaitingTruth, String> found) {
    Map<List<String>, List<WaitingTruth>> wanted = new HashMap<>();
    asked.forEach(
        truth -> wanted.computeIfAbsent(truth.values(), _ -> new ArrayList<>()).add(truth));
    long startMs = asked.stream().mapToLong(WaitingTruth::startMs).min().orElseThrow();
    long endMs = asked.stream().mapToLong(WaitingTruth::endMs).max().orElseThrow();
    search.walk(
        group.model,
        startMs,
        endMs,
        group.names,
        (id, timeMs, values) -> {
          List<WaitingTruth> here = wanted.get(values);
          if (here != null) {
            here.stream()
                .filter(truth -> truth.fits(timeMs))
                .forEach(truth -> found.put(truth, id.get()));
            here.removeIf(truth -> truth.fits(timeMs) && timeMs <= truth.knownMs());
            if (here.isEmpty()) {
              wanted.remove(values);
            }
          }
          return !wanted.isEmpty();
        });
  }
}
