package dev.sightline.stats.sketch;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.HllUnion;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.quantilescommon.QuantileSearchCriteria;

/// What is kept of one numeric feature instead of its rows: quantiles, distinct values, moments,
/// counts. A few kilobytes whatever the number of rows; merges with the sketches of other hours.
///
/// Owned by one thread. The parameters are those of whylogs, so that sketches of both merge.
public final class NumberSketch {
  /*
   * Quantiles: KLL (Z. Karnin, K. Lang, E. Liberty, "Optimal quantile approximation in streams", 2016):
   * a rank is within `rankError` of the true one with 99 % confidence. Distinct values: HyperLogLog
   * (P. Flajolet et al., 2007), about 1.6 % off. Both by Apache DataSketches. Mean and squares merge
   * exactly up to rounding (T. Chan, G. Golub, R. LeVeque, 1979).
   *
   * | Offset | Size | Field                                                     |
   * |-------:|-----:|-----------------------------------------------------------|
   * |      0 |    1 | version, 1                                                |
   * |      1 |   24 | rows without a value, NaN, infinite: 64 bits, big-endian  |
   * |     25 |   16 | mean, squares                                             |
   * |     41 |    4 | size of the KLL sketch, then the sketch                   |
   * |        |    4 | size of the HLL sketch, then the sketch                   |
   * |        |    4 | CRC-32C of all before it                                  |
   */
  /// For an hour: rank error 1.3 %.
  public static final int HOUR = 200;

  /// For a day, and for exchange with whylogs: rank error 0.27 %.
  public static final int DAY = 1024;

  static final int LOG_DISTINCT = 12;
  private static final byte VERSION = 1;
  private static final int HEADER = 1 + 5 * Long.BYTES;

  private final KllDoublesSketch quantiles;
  private final DistinctValues distinct;
  private long missing;
  private long notANumber;
  private long infinite;
  private double mean;
  private double squares;

  /// @param k how fine quantiles are: [#HOUR] or [#DAY]
  public NumberSketch(int k) {
    this(KllDoublesSketch.newHeapInstance(k), new HllSketch(LOG_DISTINCT, TgtHllType.HLL_8));
  }

  private NumberSketch(KllDoublesSketch quantiles, HllSketch distinct) {
    this.quantiles = quantiles;
    this.distinct = new DistinctValues(distinct);
  }

  public void add(double value) {
    if (Double.isFinite(value)) {
      quantiles.update(value);
      distinct.updated().update(value);
      double off = value - mean;
      mean += off / quantiles.getN();
      squares += off * (value - mean);
    } else if (Double.isNaN(value)) {
      notANumber++;
    } else {
      infinite++;
    }
  }

  /// The same as one after the other.
  ///
  /// @param values the caller's; moved about where some are not finite
  /// @param count of the values, from the first
  public void add(double[] values, int count) {
    int kept = 0;
    double sum = 0;
    for (int place = 0; place < count; place++) {
      double value = values[place];
      if (Double.isFinite(value)) {
        values[kept++] = value;
        sum += value;
      } else if (Double.isNaN(value)) {
        notANumber++;
      } else {
        infinite++;
      }
    }
    if (kept == 0) {
      return;
    }
    double mean = sum / kept;
    double squares = 0;
    HllSketch seen = distinct.updated();
    for (int place = 0; place < kept; place++) {
      double off = values[place] - mean;
      squares += off * off;
      seen.update(values[place]);
    }
    mergeMoments(kept, mean, squares);
    quantiles.update(values, 0, kept);
  }

  public void addMissing() {
    addMissing(1);
  }

  public void addMissing(long rows) {
    missing += rows;
  }

  public void merge(NumberSketch other) {
    long added = other.n();
    if (added > 0) {
      mergeMoments(added, other.mean, other.squares);
      quantiles.merge(other.quantiles);
      distinct.merge(other.distinct);
    }
    missing += other.missing;
    notANumber += other.notANumber;
    infinite += other.infinite;
  }

  /// Before the values themselves: they are not counted yet.
  private void mergeMoments(long added, double theirMean, double theirSquares) {
    double off = theirMean - mean;
    double both = n() + (double) added;
    squares += theirSquares + off * off * (n() * (added / both));
    mean += off * (added / both);
  }

  /// Finite values.
  public long n() {
    return quantiles.getN();
  }

  public long missing() {
    return missing;
  }

  public long notANumber() {
    return notANumber;
  }

  public long infinite() {
    return infinite;
  }

  public double mean() {
    return mean;
  }

  /// The standard deviation of these values themselves, divided by n.
  public double deviation() {
    return Math.sqrt(squares / n());
  }

  /// The sum of squared distances to the mean.
  public double squares() {
    return squares;
  }

  public double min() {
    return quantiles.getMinItem();
  }

  public double max() {
    return quantiles.getMaxItem();
  }

  public double distinct() {
    return distinct.estimate();
  }

  /// @param probability 0 to 1; at least one value was added
  public double quantile(double probability) {
    return quantiles.getQuantile(probability, QuantileSearchCriteria.INCLUSIVE);
  }

  /// The share of values that are not above each of the rising points.
  public double[] sharesUpTo(double[] points) {
    double[] withEnd = quantiles.getCDF(points, QuantileSearchCriteria.INCLUSIVE);
    return Arrays.copyOf(withEnd, points.length);
  }

  /// How far a share may be from that of the rows, with 99 % confidence; 0 while every row is kept.
  public double rankError() {
    return quantiles.isEstimationMode() ? quantiles.getNormalizedRankError(false) : 0;
  }

  /// The values that stand for all, rising, and how many rows each and those before it stand for.
  KllDoublesSketch quantiles() {
    return quantiles;
  }

  public byte[] toBytes() {
    byte[] first = quantiles.toByteArray();
    byte[] second = distinct.bytes();
    ByteBuffer buffer =
        SketchBytes.room(HEADER + 2 * Integer.BYTES + first.length + second.length)
            .put(VERSION)
            .putLong(missing)
            .putLong(notANumber)
            .putLong(infinite)
            .putDouble(mean)
            .putDouble(squares)
            .putInt(first.length)
            .put(first)
            .putInt(second.length)
            .put(second);
    return SketchBytes.seal(buffer);
  }

  /// @throws IllegalArgumentException if these are not the bytes of a sketch
  public static NumberSketch fromBytes(byte[] bytes) {
    try {
      ByteBuffer buffer = SketchBytes.open(bytes, VERSION);
      long missing = buffer.getLong();
      long notANumber = buffer.getLong();
      long infinite = buffer.getLong();
      double mean = buffer.getDouble();
      double squares = buffer.getDouble();
      var quantiles = KllDoublesSketch.heapify(MemorySegment.ofArray(SketchBytes.part(buffer)));
      HllSketch distinct = HllSketch.heapify(SketchBytes.part(buffer));
      NumberSketch sketch = new NumberSketch(quantiles, distinct);
      sketch.missing = missing;
      sketch.notANumber = notANumber;
      sketch.infinite = infinite;
      sketch.mean = mean;
      sketch.squares = squares;
      return sketch;
    } catch (IllegalArgumentException failure) {
      throw failure;
    } catch (RuntimeException failure) {
      // The library has many exceptions for bytes that are not a sketch.
      throw new IllegalArgumentException("these bytes are no sketch of numbers", failure);
    }
  }

  /// The KLL sketch alone, as Apache DataSketches writes it.
  public byte[] quantileBytes() {
    return quantiles.toByteArray();
  }

  /// The HyperLogLog sketch alone, as Apache DataSketches writes it: compact, 4 bits a register.
  public byte[] distinctBytes() {
    return distinct.bytes();
  }

  /// What another program kept, which may send anything.
  ///
  /// @param kll of doubles or floats
  /// @param hll empty where there is none
  /// @param squares the sum of squared distances to the mean
  /// @throws IllegalArgumentException if these are not the bytes of sketches
  public static NumberSketch ofForeign(byte[] kll, byte[] hll, double mean, double squares) {
    try {
      byte[] checked = ForeignQuantiles.checked(kll);
      var quantiles = KllDoublesSketch.heapify(MemorySegment.ofArray(checked));
      NumberSketch sketch = new NumberSketch(quantiles, foreignDistinct(hll));
      if (quantiles.getN() > 0) {
        boolean known = Double.isFinite(mean) && squares >= 0 && Double.isFinite(squares);
        sketch.mean = known ? mean : (quantiles.getMinItem() + quantiles.getMaxItem()) / 2;
        sketch.squares = known ? squares : 0;
      }
      return sketch;
    } catch (IllegalArgumentException failure) {
      throw failure;
    } catch (RuntimeException failure) {
      throw new IllegalArgumentException("these bytes are no sketch of numbers", failure);
    }
  }

  static HllSketch foreignDistinct(byte[] hll) {
    if (hll.length == 0) {
      return new HllSketch(LOG_DISTINCT, TgtHllType.HLL_8);
    }
    HllUnion union = new HllUnion(LOG_DISTINCT);
    union.update(HllSketch.heapify(ForeignCounts.checkedDistinct(hll)));
    return union.getResult(TgtHllType.HLL_8);
  }
}
