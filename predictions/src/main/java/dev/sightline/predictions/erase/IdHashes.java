package dev.sightline.predictions.erase;

import dev.sightline.predictions.part.IdHash;
import java.util.Arrays;
import java.util.stream.LongStream;

/// A set of ids, of which only the hashes are known: 64 bits decide, no more.
///
/// Unchangeable.
public final class IdHashes {
  public static final IdHashes NONE = new IdHashes(new long[0]);

  private final long[] sorted;

  private IdHashes(long[] sorted) {
    this.sorted = sorted;
  }

  public static IdHashes of(LongStream hashes) {
    return new IdHashes(hashes.sorted().distinct().toArray());
  }

  public boolean contains(long hash) {
    return Arrays.binarySearch(sorted, hash) >= 0;
  }

  public boolean contains(String id) {
    return sorted.length > 0 && contains(IdHash.of(id));
  }

  public int size() {
    return sorted.length;
  }

  public boolean isEmpty() {
    return sorted.length == 0;
  }

  /// In rising order.
  public LongStream stream() {
    return Arrays.stream(sorted);
  }

  IdHashes with(IdHashes others) {
    return isEmpty() ? others : of(LongStream.concat(stream(), others.stream()));
  }
}
