package dev.sightline.stats.sketch;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.datasketches.common.ArrayOfStringsSerDe;
import org.apache.datasketches.frequencies.ErrorType;
import org.apache.datasketches.frequencies.FrequentItemsSketch;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;

/// What is kept of one feature of texts or categories: the frequent ones with their counts, and how
/// many distinct ones there are. Merges with the sketches of other hours. Owned by one thread.
public final class TextSketch {
  /*
   * Frequent items: J. Misra and D. Gries, "Finding repeated elements" (1982), by Apache DataSketches.
   * Up to 768 distinct texts all counts are exact; beyond, each is between its bounds. Bytes: version
   * 1, rows and rows without a value (64 bits each, big-endian), size and bytes of the items, size and
   * bytes of the HLL sketch, CRC-32C of all before it.
   */
  private static final byte VERSION = 1;
  private static final int MAP_SIZE = 1 << 10;

  /// Longer texts are cut, as in whylogs.
  static final int LONGEST = 128;

  private final FrequentItemsSketch<String> items;
  private DistinctValues distinct =
      new DistinctValues(new HllSketch(NumberSketch.LOG_DISTINCT, TgtHllType.HLL_8));
  private long n;
  private long missing;

  public TextSketch() {
    this(new FrequentItemsSketch<>(MAP_SIZE));
  }

  private TextSketch(FrequentItemsSketch<String> items) {
    this.items = items;
  }

  /// One frequent text.
  ///
  /// @param count between `least` and `most`; all the same while every text is kept
  public record Item(String text, long count, long least, long most) {}

  public void add(String text) {
    add(text, 1);
  }

  /// The same as so many times one.
  public void add(String text, long times) {
    String kept = text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    items.update(kept, times);
    // The library leaves the empty text out of its count of distinct ones.
    distinct.updated().update(kept.isEmpty() ? "\0" : kept);
    n += times;
  }

  public void addMissing() {
    addMissing(1);
  }

  public void addMissing(long rows) {
    missing += rows;
  }

  public void merge(TextSketch other) {
    items.merge(other.items);
    distinct.merge(other.distinct);
    n += other.n;
    missing += other.missing;
  }

  public long n() {
    return n;
  }

  public long missing() {
    return missing;
  }

  public double distinct() {
    return distinct.estimate();
  }

  /// The most that a count may be off; 0 while every text is kept.
  public long error() {
    return items.getMaximumError();
  }

  /// The texts that are surely more frequent than the error, the most frequent first.
  public List<Item> frequent() {
    List<Item> frequent = new ArrayList<>();
    for (var row : items.getFrequentItems(ErrorType.NO_FALSE_POSITIVES)) {
      frequent.add(
          new Item(row.getItem(), row.getEstimate(), row.getLowerBound(), row.getUpperBound()));
    }
    return frequent;
  }

  public byte[] toBytes() {
    byte[] first = items.toByteArray(new ArrayOfStringsSerDe());
    byte[] second = distinct.bytes();
    ByteBuffer buffer =
        SketchBytes.room(1 + 2 * Long.BYTES + 2 * Integer.BYTES + first.length + second.length)
            .put(VERSION)
            .putLong(n)
            .putLong(missing)
            .putInt(first.length)
            .put(first)
            .putInt(second.length)
            .put(second);
    return SketchBytes.seal(buffer);
  }

  /// The frequent items alone, as Apache DataSketches writes them.
  public byte[] itemBytes() {
    return items.toByteArray(new ArrayOfStringsSerDe());
  }

  /// The HyperLogLog sketch alone, as Apache DataSketches writes it: compact, 4 bits a register.
  public byte[] distinctBytes() {
    return distinct.bytes();
  }

  /// What another program kept, which may send anything.
  ///
  /// @param hll empty where there is none
  /// @throws IllegalArgumentException if these are not the bytes of sketches
  public static TextSketch ofForeign(byte[] frequent, byte[] hll) {
    try {
      MemorySegment bytes = MemorySegment.ofArray(ForeignCounts.checkedItems(frequent));
      TextSketch sketch = new TextSketch();
      sketch.items.merge(FrequentItemsSketch.getInstance(bytes, new ArrayOfStringsSerDe()));
      sketch.distinct = new DistinctValues(NumberSketch.foreignDistinct(hll));
      sketch.n = sketch.items.getStreamLength();
      return sketch;
    } catch (IllegalArgumentException failure) {
      throw failure;
    } catch (RuntimeException failure) {
      throw new IllegalArgumentException("these bytes are no sketch of texts", failure);
    }
  }

  /// @throws IllegalArgumentException if these are not the bytes of a sketch
  public static TextSketch fromBytes(byte[] bytes) {
    try {
      ByteBuffer buffer = SketchBytes.open(bytes, VERSION);
      long n = buffer.getLong();
      long missing = buffer.getLong();
      MemorySegment items = MemorySegment.ofArray(SketchBytes.part(buffer));
      TextSketch sketch =
          new TextSketch(FrequentItemsSketch.getInstance(items, new ArrayOfStringsSerDe()));
      sketch.distinct = new DistinctValues(HllSketch.heapify(SketchBytes.part(buffer)));
      sketch.n = n;
      sketch.missing = missing;
      return sketch;
    } catch (IllegalArgumentException failure) {
      throw failure;
    } catch (RuntimeException failure) {
      // The library has many exceptions for bytes that are not a sketch.
      throw new IllegalArgumentException("these bytes are no sketch of texts", failure);
    }
  }
}
