package dev.sightline.model.histogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.model.series.HistogramText;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NativeHistogramTest {
  @Test
  void boundsArePowersOfTwoDividedBySchema() {
    NativeHistogram histogram = exponential(0, 1, 1, 2);
    assertThat(histogram.upper(0)).isEqualTo(1);
    assertThat(histogram.upper(3)).isEqualTo(8);
    assertThat(histogram.lower(0)).isEqualTo(0.5);
    assertThat(exponential(1, 0).upper(1)).isEqualTo(1.414213562373095);
    assertThat(exponential(-2, 0).upper(1)).isEqualTo(16);
    assertThat(exponential(0, 0).upper(1024)).isEqualTo(Double.MAX_VALUE);
    assertThat(exponential(8, 0).upper(1024 * 256)).isEqualTo(Double.MAX_VALUE);
    assertThat(exponential(3, 0).upper(13)).isEqualTo(exponential(8, 0).upper(13 << 5));
  }

  @Test
  void spansAreTheRunsOfBuckets() {
    Buckets buckets = Buckets.of(new int[] {-3, -2, 4, 6, 7}, new double[] {1, 2, 3, 4, 5});
    List<BucketSpan> spans =
        List.of(new BucketSpan(-3, 2), new BucketSpan(5, 1), new BucketSpan(1, 2));
    assertThat(buckets.spans()).isEqualTo(spans);
    assertThat(Buckets.ofSpans(spans, buckets.counts())).isEqualTo(buckets);
    assertThat(Buckets.NONE.spans()).isEmpty();
    assertThatThrownBy(() -> Buckets.ofSpans(spans, new double[4]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void coarserMergesNeighbours() {
    NativeHistogram coarse = exponential(1, 1, 2, 3, 4).coarser(0);
    // (1, 1.41] and (1.41, 2] become (1, 2]; the first bucket, (0.7, 1], becomes (0.5, 1].
    assertThat(coarse.positive()).isEqualTo(Buckets.from(0, 1, 5, 4));
    assertThatThrownBy(() -> coarse.coarser(2)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sumsMeetInTheLowerSchema() {
    HistogramSum sum = new HistogramSum(exponential(1, 1, 2, 3, 4));
    sum.add(exponential(0, 10, 20, 30));
    assertThat(sum.result().schema()).isEqualTo(0);
    assertThat(sum.result().positive()).isEqualTo(Buckets.from(0, 11, 25, 34));
    assertThat(sum.result().count()).isEqualTo(70);
  }

  @Test
  void sumsMeetInAZeroBucketThatHoldsBoth() {
    HistogramSum sum = new HistogramSum(exponential(0, 1, 2, 4));
    sum.add(zero(3, 1.5));
    NativeHistogram result = sum.result();
    // 1.5 lies in (1, 2], so the zero bucket grows to 2 and takes that bucket and the one below.
    assertThat(result.zeroThreshold()).isEqualTo(2);
    assertThat(result.zeroCount()).isEqualTo(6);
    assertThat(result.positive()).isEqualTo(Buckets.from(2, 4));
  }

  @Test
  void customBucketsMeetInTheirCommonBounds() {
    HistogramSum sum = new HistogramSum(custom(new double[] {1, 2, 5}, 1, 2, 3, 4));
    assertThat(sum.accepts(exponential(0, 1))).isFalse();
    sum.add(custom(new double[] {2, 3, 5}, 10, 20, 30, 40));
    assertThat(sum.boundsReconciled()).isTrue();
    assertThat(sum.result().bounds()).isEqualTo(CustomBounds.of(2, 5));
    assertThat(sum.result().positive()).isEqualTo(Buckets.from(0, 13, 53, 44));
  }

  @Test
  void smallSummandsSurviveLargeOnes() {
    HistogramSum sum = new HistogramSum(exponential(0, 1));
    sum.add(exponential(0, 1e100));
    sum.add(exponential(0, 1));
    sum.subtract(exponential(0, 1e100));
    assertThat(sum.result().positive()).isEqualTo(Buckets.from(0, 2));
    assertThat(sum.result().count()).isEqualTo(2);
  }

  @Test
  void hintsThatContradictEachOtherAreReported() {
    HistogramSum sum = new HistogramSum(exponential(0, 1).withHint(ResetHint.RESET));
    sum.add(exponential(0, 1).withHint(ResetHint.NOT_RESET));
    assertThat(sum.hintsConflict()).isTrue();
    assertThat(sum.result().hint()).isEqualTo(ResetHint.UNKNOWN);
  }

  @Test
  void fallingCountsAreResets() {
    NativeHistogram before = exponential(0, 1, 2, 3);
    assertThat(exponential(0, 1, 2, 3).resetSince(before)).isFalse();
    assertThat(exponential(0, 1, 2, 4).resetSince(before)).isFalse();
    assertThat(exponential(0, 9, 1, 3).resetSince(before)).isTrue();
    assertThat(exponential(0, 9, 3).resetSince(before)).isTrue();
    assertThat(exponential(1, 9, 9, 9, 9, 9, 9).resetSince(before)).isTrue();
    assertThat(exponential(-1, 1, 5).resetSince(before)).isFalse();
    assertThat(exponential(-1, 2, 4).resetSince(before)).isTrue();
    assertThat(exponential(0, 0).withHint(ResetHint.NOT_RESET).resetSince(before)).isFalse();
    assertThat(before.withHint(ResetHint.RESET).resetSince(before)).isTrue();
    assertThat(
            custom(new double[] {2}, 3, 7).resetSince(custom(new double[] {1, 2, 5}, 1, 2, 3, 4)))
        .isFalse();
    assertThat(
            custom(new double[] {2}, 2, 8).resetSince(custom(new double[] {1, 2, 5}, 1, 2, 3, 4)))
        .isTrue();
  }

  @Test
  void divisionByZeroLeavesNoBuckets() {
    NativeHistogram nothing = exponential(0, 1, 2).dividedBy(0);
    assertThat(nothing.positive()).isEqualTo(Buckets.NONE);
    assertThat(nothing.count()).isInfinite();
  }

  @Test
  void aHistogramOfOneKindHasNothingOfTheOther() {
    assertThatThrownBy(() -> exponential(9, 1)).hasMessageContaining("from -4 to 8, or -53: 9");
    assertThatThrownBy(() -> custom(new double[] {1}, 1, 2, 3)).hasMessageContaining("1 bounds");
    assertThatThrownBy(() -> CustomBounds.of(2, 1)).hasMessageContaining("rise");
  }

  @Test
  void textShowsBucketsInOrder() {
    NativeHistogram histogram =
        new NativeHistogram(
            0,
            7,
            1.5,
            0.001,
            2,
            Buckets.from(1, 3, 0),
            Buckets.from(0, 1, 1),
            CustomBounds.NONE,
            ResetHint.UNKNOWN);
    assertThat(HistogramText.of(histogram))
        .isEqualTo("{count:7, sum:1.5, [-2,-1):1, [-1,-0.5):1, [-0.001,0.001]:2, (1,2]:3}");
  }

  @Test
  void sumsDoNotDependOnTheirOrder() {
    for (long seed = 1; seed <= 200; seed++) {
      NativeHistogram[] all = new NativeHistogram[5];
      Random random = new Random(seed);
      for (int i = 0; i < all.length; i++) {
        all[i] = random(random);
      }
      HistogramSum forwards = new HistogramSum(all[0]);
      HistogramSum backwards = new HistogramSum(all[4]);
      for (int i = 1; i < all.length; i++) {
        forwards.add(all[i]);
        backwards.add(all[4 - i]);
      }
      assertThat(forwards.result().compacted().sameAs(backwards.result().compacted()))
          .as("seed %s: %s and %s", seed, forwards.result(), backwards.result())
          .isTrue();
    }
  }

  private static NativeHistogram random(Random random) {
    // A zero bucket of 0.25 ends where bucket -1 begins.
    boolean zero = random.nextBoolean();
    Buckets positive = randomBuckets(random, zero ? -1 : -4);
    Buckets negative = randomBuckets(random, zero ? -1 : -4);
    double zeroCount = random.nextInt(5);
    double count = zeroCount;
    for (double bucket : positive.counts()) {
      count += bucket;
    }
    for (double bucket : negative.counts()) {
      count += bucket;
    }
    return new NativeHistogram(
        0,
        count,
        random.nextInt(100),
        zero ? 0.25 : 0,
        zeroCount,
        positive,
        negative,
        CustomBounds.NONE,
        ResetHint.UNKNOWN);
  }

  private static Buckets randomBuckets(Random random, int least) {
    double[] counts = new double[random.nextInt(6)];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = random.nextInt(4);
    }
    return Buckets.from(least + random.nextInt(4), counts);
  }

  private static NativeHistogram exponential(int schema, double... counts) {
    double count = 0;
    for (double each : counts) {
      count += each;
    }
    return NativeHistogram.exponential(schema, count, 1, Buckets.from(0, counts));
  }

  private static NativeHistogram custom(double[] bounds, double... counts) {
    double count = 0;
    for (double each : counts) {
      count += each;
    }
    return NativeHistogram.custom(CustomBounds.of(bounds), count, 1, Buckets.from(0, counts));
  }

  private static NativeHistogram zero(double count, double threshold) {
    return new NativeHistogram(
        0,
        count,
        1,
        threshold,
        count,
        Buckets.NONE,
        Buckets.NONE,
        CustomBounds.NONE,
        ResetHint.UNKNOWN);
  }
}
