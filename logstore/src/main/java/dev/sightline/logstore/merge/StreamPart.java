package dev.sightline.logstore.merge;

import dev.sightline.model.label.Labels;
import dev.sightline.model.log.LineCounts;
import dev.sightline.model.log.LogCursor;
import java.util.Set;

/// What one part of the store, a block or a head, holds of one stream within the range that was
/// asked for.
///
/// Safe for any number of threads; each cursor belongs to one.
public interface StreamPart {
  Labels labels();

  /// No line is older.
  long minNs();

  /// No line is newer.
  long maxNs();

  /// The lines from `startNs` to before `endNs`, each call from the beginning.
  LogCursor read(Span span);

  /// Counts the lines of a span, whatever they must contain.
  default void count(Span span, Set<String> metadataNames, LineCounts into) {
    LineCounts.walk(read(span), metadataNames, into);
  }
}
