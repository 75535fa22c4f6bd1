package dev.sightline.logstore.merge;

import dev.sightline.model.log.LogSource.Direction;
import java.util.List;

/// Which lines of a stream are wanted, and in which order.
///
/// @param mustContain see [dev.sightline.model.log.LogSource.Request]
public record Span(long startNs, long endNs, Direction direction, List<String> mustContain) {
  /// Everything, oldest first.
  public static final Span ALL =
      new Span(Long.MIN_VALUE, Long.MAX_VALUE, Direction.FORWARD, List.of());

  public Span {
    mustContain = List.copyOf(mustContain);
  }

  public boolean overlaps(long minNs, long maxNs) {
    return minNs < endNs && maxNs >= startNs;
  }

  /// The same without texts that lines must contain.
  public Span whole() {
    return mustContain.isEmpty() ? this : new Span(startNs, endNs, direction, List.of());
  }

  public boolean contains(long minNs, long maxNs) {
    return minNs >= startNs && maxNs < endNs;
  }

  public boolean isForward() {
    return direction == Direction.FORWARD;
  }
}
