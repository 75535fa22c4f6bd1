package dev.sightline.quality.profile;

import dev.sightline.model.prediction.Datum;
import dev.sightline.stats.sketch.NumberSketch;
import dev.sightline.stats.sketch.TextSketch;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.codec.ByteSource;
import org.jspecify.annotations.Nullable;

/// What is kept of one feature: how many values of which type, quantiles and moments of its
/// numbers, frequent ones of its words and whole numbers, how many distinct ones there are.
///
/// Some kilobytes whatever the number of rows; merges exactly as far as sketches do. Owned by one
/// thread.
public final class FeatureProfile {
  /*
   * Bytes: rows without a value; a count for each of ValueType in its order, as varints; then the sketch of
   * numbers, that of words and that of whole numbers as texts, each behind its size, which is 0 where
   * there is none.
   */
  private static final int PENDING = 128;
  private static final double LARGEST_EXACT = 1L << 53;
  private static final byte[] NONE = {};

  private final int k;
  private final long[] types = new long[ValueType.COUNT];
  private long missing;
  private @Nullable NumberSketch numbers;
  private @Nullable TextSketch words;
  private @Nullable TextSketch wholes;
  private @Nullable WholeCounts few;
  private double[] pending = {};
  private int count;

  /// @param k how fine quantiles are: [NumberSketch#HOUR] or [NumberSketch#DAY]
  public FeatureProfile(int k) {
    this.k = k;
  }

  public void add(Datum value) {
    switch (value) {
      case Datum.Missing _ -> missing++;
      case Datum.Amount(double amount) -> add(amount);
      case Datum.Text(String text) -> word(ValueType.TEXT, text);
      case Datum.Flag(boolean flag) -> word(ValueType.FLAG, Boolean.toString(flag));
      case Datum.Items _ -> types[ValueType.LIST.slot()]++;
      case Datum.Fields _ -> types[ValueType.OBJECT.slot()]++;
    }
  }

  public void add(double amount) {
    if (count == pending.length) {
      settle();
      pending = pending.length == 0 ? new double[PENDING] : pending;
    }
    pending[count++] = amount;
    if (amount == Math.rint(amount) && Math.abs(amount) <= LARGEST_EXACT) {
      types[ValueType.WHOLE.slot()]++;
      wholes = wholes == null ? new TextSketch() : wholes;
      few = few == null ? new WholeCounts() : few;
      few.add((long) amount, wholes);
    } else {
      types[ValueType.FRACTION.slot()]++;
    }
  }

  public void addMissing(long rows) {
    missing += rows;
  }

  private void word(ValueType type, String text) {
    types[type.slot()]++;
    words = words == null ? new TextSketch() : words;
    words.add(text);
  }

  /// Brings what waits into the sketches.
  private void settle() {
    if (count > 0) {
      numbers = numbers == null ? new NumberSketch(k) : numbers;
      numbers.add(pending, count);
      count = 0;
    }
    if (few != null && wholes != null) {
      few.drain(wholes);
    }
  }

  public void merge(FeatureProfile other) {
    settle();
    other.settle();
    missing += other.missing;
    for (int type = 0; type < types.length; type++) {
      types[type] += other.types[type];
    }
    if (other.numbers != null) {
      numbers = numbers == null ? new NumberSketch(k) : numbers;
      numbers.merge(other.numbers);
    }
    words = merged(words, other.words);
    wholes = merged(wholes, other.wholes);
  }

  private static @Nullable TextSketch merged(@Nullable TextSketch one, @Nullable TextSketch two) {
    if (two == null) {
      return one;
    }
    TextSketch into = one == null ? new TextSketch() : one;
    into.merge(two);
    return into;
  }

  /// Brings in what another program kept.
  ///
  /// @param counts by type, in the order of [ValueType]
  void merge(
      long withoutValue,
      long[] counts,
      @Nullable NumberSketch theirNumbers,
      @Nullable TextSketch theirWords,
      @Nullable TextSketch theirWholes) {
    FeatureProfile theirs = new FeatureProfile(k);
    theirs.missing = withoutValue;
    System.arraycopy(counts, 0, theirs.types, 0, types.length);
    theirs.numbers = theirNumbers;
    theirs.words = theirWords;
    theirs.wholes = theirWholes;
    merge(theirs);
  }

  /// The caller's own.
  FeatureProfile copy(int fineness) {
    FeatureProfile copy = new FeatureProfile(fineness);
    copy.merge(this);
    return copy;
  }

  /// Rows that have a value.
  public long n() {
    long all = 0;
    for (long each : types) {
      all += each;
    }
    return all;
  }

  /// Rows that have none.
  public long missing() {
    return missing;
  }

  public long count(ValueType type) {
    return types[type.slot()];
  }

  /// @return null where there is none
  public @Nullable NumberSketch numbers() {
    settle();
    return numbers;
  }

  /// Texts and flags.
  ///
  /// @return null where there is none
  public @Nullable TextSketch words() {
    return words;
  }

  /// Whole numbers, as texts.
  ///
  /// @return null where there is none
  public @Nullable TextSketch wholes() {
    settle();
    return wholes;
  }

  public double distinct() {
    NumberSketch ofNumbers = numbers();
    return (ofNumbers == null || ofNumbers.n() == 0 ? 0 : ofNumbers.distinct())
        + (words == null ? 0 : words.distinct());
  }

  void encode(ByteSink to) {
    settle();
    to.uvarint(missing);
    for (long each : types) {
      to.uvarint(each);
    }
    part(to, numbers == null ? NONE : numbers.toBytes());
    part(to, words == null ? NONE : words.toBytes());
    part(to, wholes == null ? NONE : wholes.toBytes());
  }

  private static void part(ByteSink to, byte[] bytes) {
    to.uvarint(bytes.length).bytes(bytes);
  }

  /// @throws BadBytesException if these are not the bytes of a profile
  static FeatureProfile decode(ByteSource from, int k) {
    FeatureProfile profile = new FeatureProfile(k);
    profile.missing = from.uvarint();
    for (int type = 0; type < profile.types.length; type++) {
      profile.types[type] = from.uvarint();
    }
    try {
      byte[] numbers = from.bytes(from.length());
      profile.numbers = numbers.length == 0 ? null : NumberSketch.fromBytes(numbers);
      byte[] words = from.bytes(from.length());
      profile.words = words.length == 0 ? null : TextSketch.fromBytes(words);
      byte[] wholes = from.bytes(from.length());
      profile.wholes = wholes.length == 0 ? null : TextSketch.fromBytes(wholes);
    } catch (IllegalArgumentException bad) {
      throw new BadBytesException(String.valueOf(bad.getMessage()));
    }
    return profile;
  }
}
