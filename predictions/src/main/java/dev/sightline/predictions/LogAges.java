package dev.sightline.predictions;

import java.util.Map;
import java.util.TreeMap;

/// The newest time in each file of the log: says which files hold nothing that is still wanted.
final class LogAges {
  private static final long DAY_MS = 86_400_000;

  private final TreeMap<Integer, Long> newestMsByFile = new TreeMap<>();
  private long newestMs = Long.MIN_VALUE;
  private long fileSinceMs = Long.MIN_VALUE;

  void note(int file, long timeMs) {
    if (newestMsByFile.isEmpty() || file > newestMsByFile.lastKey()) {
      fileSinceMs = timeMs;
    }
    newestMsByFile.merge(file, timeMs, Math::max);
    newestMs = Math.max(newestMs, timeMs);
  }

  /// A file of which nothing can be read counts as new: what a later version of this program wrote
  /// must not be deleted because this one does not understand it.
  void noteUnreadable(int file, long nowMs) {
    newestMsByFile.putIfAbsent(file, nowMs);
  }

  /// The newest time of all, or the least number if there is none.
  long newestMs() {
    return newestMs;
  }

  /// Whether the current file has covered a day, so that another should begin.
  boolean startsNewDay(long nowMs) {
    return !newestMsByFile.isEmpty() && nowMs - fileSinceMs >= DAY_MS;
  }

  /// The first file to keep, of a log that is written at `current`.
  int firstNeeded(long oldestMs, int current) {
    for (Map.Entry<Integer, Long> file : newestMsByFile.entrySet()) {
      if (file.getValue() >= oldestMs) {
        newestMsByFile.headMap(file.getKey()).clear();
        return file.getKey();
      }
    }
    newestMsByFile.headMap(current).clear();
    return current;
  }
}
