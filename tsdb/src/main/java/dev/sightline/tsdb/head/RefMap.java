package dev.sightline.tsdb.head;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Something by a series's number in the log. A restart looks up every sample of the log, and the
/// numbers mostly lie close together: those are places in an array, the few others keys of a map.
final class RefMap<V> {
  private static final int MAX_PLACES = 1 << 23;

  private @Nullable Object[] places = new Object[1024];
  private final Map<Long, V> others = new HashMap<>();

  @SuppressWarnings("unchecked") // only V are put in
  @Nullable V get(long ref) {
    if (ref >= 0 && ref < places.length) {
      return (V) places[(int) ref];
    }
    return others.get(ref);
  }

  void put(long ref, V value) {
    if (ref < 0 || ref >= MAX_PLACES) {
      others.put(ref, value);
      return;
    }
    if (ref >= places.length) {
      places =
          Arrays.copyOf(places, (int) Math.min(MAX_PLACES, Math.max(ref + 1, places.length * 2L)));
    }
    places[(int) ref] = value;
  }
}
