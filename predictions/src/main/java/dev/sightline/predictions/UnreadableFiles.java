package dev.sightline.predictions;

import java.util.Map;
import java.util.TreeMap;

/// Files of the log that hold something that cannot be read. They stay for a whole retention after
/// each start, whatever else is deleted: a later version of this program may have written them.
final class UnreadableFiles {
  private final TreeMap<Integer, Long> sinceMsByFile = new TreeMap<>();

  synchronized void note(int file, long nowMs) {
    sinceMsByFile.putIfAbsent(file, nowMs);
  }

  /// The first file to keep.
  ///
  /// @param wanted the first whose records are needed
  /// @param oldestMs when a file was found that need not be kept any more
  synchronized int firstKept(int wanted, long oldestMs) {
    sinceMsByFile.values().removeIf(sinceMs -> sinceMs < oldestMs);
    Map.Entry<Integer, Long> first = sinceMsByFile.firstEntry();
    return first == null ? wanted : Math.min(wanted, first.getKey());
  }
}
