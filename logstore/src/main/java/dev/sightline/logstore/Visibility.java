package dev.sightline.logstore;

import dev.sightline.logstore.merge.Span;
import dev.sightline.model.label.Labels;
import dev.sightline.model.log.LineTest.Tester;
import dev.sightline.model.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says which of the lines on disk may be in answers.
record Visibility(RetentionRules retention, Deletions deletions, Clock clock) {
  /// What holds at some moment.
  ///
  /// @param newestNs where ages are counted from
  record View(RetentionRules retention, List<DeletionRequest> deleted, long newestNs) {
    /// The part of a span whose lines are not past the retention of their stream.
    Span kept(Labels stream, Span span) {
      if (!retention.hasRules() || newestNs == Long.MIN_VALUE) {
        return span;
      }
      long oldestNs = newestNs - retention.periodOf(stream).toNanos();
      return oldestNs <= span.startNs()
          ? span
          : new Span(
              Math.min(oldestNs, span.endNs()), span.endNs(), span.direction(), span.mustContain());
    }

    /// @return null where nothing is deleted
    @Nullable Tester hiding(Labels stream, Span span) {
      return deleted.isEmpty()
          ? null
          : DeletionRequest.hiding(deleted, stream, span.startNs(), span.endNs());
    }
  }

  View now(Parts parts) {
    long newestNs = retention.hasRules() ? Tidying.newestNs(parts, clock.nowMs()) : Long.MIN_VALUE;
    return new View(retention, deletions.pending(), newestNs);
  }
}
