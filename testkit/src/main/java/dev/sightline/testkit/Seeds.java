package dev.sightline.testkit;

import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/// Runs a property for many seeds, and names the seed of the first that fails.
///
/// `-Dtest.seed=N` runs that one alone; `-Dtest.seeds=N` runs more of them or fewer.
public final class Seeds {
  private Seeds() {}

  /// @param count how many, unless the command line says otherwise
  public static void check(int count, LongConsumer property) {
    Long only = Long.getLong("test.seed");
    long[] seeds =
        only != null
            ? new long[] {only}
            : LongStream.range(0, Integer.getInteger("test.seeds", count)).toArray();
    for (long seed : seeds) {
      try {
        property.accept(seed);
      } catch (Throwable failure) {
        throw new AssertionError(
            "seed " + seed + " (repeat with -Dtest.seed=" + seed + ")", failure);
      }
    }
  }
}
