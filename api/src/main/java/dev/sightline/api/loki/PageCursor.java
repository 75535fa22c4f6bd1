package dev.sightline.api.loki;

import dev.sightline.model.log.LogSource.Direction;
import dev.sightline.model.query.LogAnswer.Entry;
import dev.sightline.model.query.LogQueries.Range;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the next page of lines begins: behind so many lines of one moment.
///
/// @param passed how many lines of that moment were shown
record PageCursor(long timestampNs, int passed) {
  /// @param text empty for the first page
  /// @return null for the first page
  static @Nullable PageCursor parse(String text) {
    if (text.isEmpty()) {
      return null;
    }
    int dot = text.indexOf('.');
    try {
      return new PageCursor(
          Long.parseLong(text.substring(0, Math.max(0, dot))),
          Integer.parseUnsignedInt(text.substring(dot + 1)));
    } catch (NumberFormatException _) {
      throw LokiErrors.bad("cursor must be one that an answer named");
    }
  }

  /// The range in which the page and what was shown of its first moment lie.
  Range from(Range whole) {
    boolean forward = whole.direction() == Direction.FORWARD;
    return new Range(
        forward ? Math.max(whole.startNs(), timestampNs) : whole.startNs(),
        forward ? whole.endNs() : Math.min(whole.endNs(), timestampNs + 1),
        whole.stepNs(),
        whole.intervalNs(),
        whole.limit() + passed,
        whole.direction());
  }

  /// @param entries from the beginning of the first moment
  /// @param limit of entries, those that were passed among them
  /// @return null where there is no next page
  static @Nullable PageCursor after(List<Entry> entries, int limit) {
    if (entries.size() < limit) {
      return null;
    }
    long lastNs = entries.getLast().timestampNs();
    int passed = 0;
    while (passed < entries.size()
        && entries.get(entries.size() - 1 - passed).timestampNs() == lastNs) {
      passed++;
    }
    return new PageCursor(lastNs, passed);
  }

  @Override
  public String toString() {
    return timestampNs + "." + passed;
  }
}
