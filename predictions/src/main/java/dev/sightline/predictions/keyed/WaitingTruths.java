package dev.sightline.predictions.keyed;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.predictions.record.DatumText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The truths by key that wait, found by what a prediction holds.
///
/// Safe for any number of threads.
final class WaitingTruths {
  static final int MAX_WAITING = 200_000;
  static final int MAX_GROUPS = 200;

  /// Models and the names of their keys, under which truths lie by the values.
  private record Group(String model, List<String> names) {}

  // guarded by this
  private final Map<Group, Map<List<String>, List<WaitingTruth>>> byKey = new HashMap<>();
  private final TreeMap<Long, WaitingTruth> byNumber = new TreeMap<>();

  synchronized void add(WaitingTruth truth) {
    byNumber.put(truth.number(), truth);
    byKey
        .computeIfAbsent(group(truth), _ -> new HashMap<>())
        .computeIfAbsent(truth.values(), _ -> new ArrayList<>())
        .add(truth);
  }

  /// @return whether it was here
  synchronized boolean remove(WaitingTruth truth) {
    if (byNumber.remove(truth.number()) == null) {
      return false;
    }
    Group group = group(truth);
    Map<List<String>, List<WaitingTruth>> values = byKey.get(group);
    if (values != null) {
      values.computeIfPresent(
          truth.values(),
          (_, truths) -> {
            truths.remove(truth);
            return truths.isEmpty() ? null : truths;
          });
      if (values.isEmpty()) {
        byKey.remove(group);
      }
    }
    return true;
  }

  /// Those that have the key of a prediction, oldest first, whatever its time.
  synchronized List<WaitingTruth> sameKey(Prediction prediction) {
    List<WaitingTruth> found = new ArrayList<>();
    byKey.forEach(
        (group, values) -> {
          if (group.model.equals(prediction.model())) {
            List<WaitingTruth> here = values.get(values(prediction, group.names));
            found.addAll(here == null ? List.of() : here);
          }
        });
    return found;
  }

  /// Those with the same key.
  synchronized List<WaitingTruth> sameKey(WaitingTruth truth) {
    List<WaitingTruth> here =
        byKey.getOrDefault(group(truth), Map.of()).getOrDefault(truth.values(), List.of());
    return List.copyOf(here);
  }

  /// All of them, oldest first.
  synchronized List<WaitingTruth> all() {
    return List.copyOf(byNumber.values());
  }

  /// Why a truth may not wait; null if it may. Each set of names costs every prediction a look.
  synchronized @Nullable String objection(WaitingTruth truth) {
    if (byNumber.size() >= MAX_WAITING) {
      return byNumber.size() + " truths by key wait for predictions already, which is the limit";
    }
    return byKey.size() >= MAX_GROUPS && !byKey.containsKey(group(truth))
        ? "would be one set of key names too many, the limit is " + MAX_GROUPS
        : null;
  }

  synchronized int count() {
    return byNumber.size();
  }

  private static Group group(WaitingTruth truth) {
    return new Group(truth.truth().model(), truth.names());
  }

  private static List<@Nullable String> values(Prediction prediction, List<String> names) {
    List<@Nullable String> values = new ArrayList<>(names.size());
    for (String name : names) {
      Datum feature = prediction.features().get(name);
      String text = feature == null ? null : DatumText.of(feature);
      values.add(text == null ? prediction.tags().get(name) : text);
    }
    return values;
  }
}
