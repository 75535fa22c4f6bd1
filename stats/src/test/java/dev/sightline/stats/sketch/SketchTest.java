package dev.sightline.stats.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.stats.column.SortedColumn;
import dev.sightline.stats.distance.ValueDistances;
import dev.sightline.stats.test.KolmogorovSmirnov;
import dev.sightline.testkit.Seeds;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Sketches against the rows they were made of.
class SketchTest {
  @Test
  void quantilesAreWithinTheStatedError() {
    int broken = 0;
    for (int seed = 0; seed < 50; seed++) {
      double[] rows = rows(new Random(seed), 20_000, 0);
      NumberSketch sketch = sketch(rows, NumberSketch.HOUR);
      SortedColumn column = SortedColumn.of(rows);
      assertThat(sketch.rankError()).isBetween(0.005, 0.02);
      for (double probability = 0.05; probability < 1; probability += 0.05) {
        double rank = (double) column.countUpTo(sketch.quantile(probability)) / column.n();
        broken += Math.abs(rank - probability) > sketch.rankError() ? 1 : 0;
      }
    }
    // Stated with 99 % confidence, for 950 quantiles.
    assertThat(broken).isLessThan(20);
  }

  @Test
  void mergingInAnyOrderKeepsCountsAndMoments() {
    Seeds.check(
        30,
        seed -> {
          Random random = new Random(seed);
          double[] rows = rows(random, 5_000, 3);
          int cut = random.nextInt(rows.length);
          NumberSketch one = sketch(Arrays.copyOf(rows, cut), NumberSketch.HOUR);
          NumberSketch two = sketch(Arrays.copyOfRange(rows, cut, rows.length), NumberSketch.HOUR);
          one.add(Double.NaN);
          two.add(Double.NEGATIVE_INFINITY);
          two.addMissing();
          NumberSketch forth = NumberSketch.fromBytes(one.toBytes());
          forth.merge(two);
          NumberSketch back = NumberSketch.fromBytes(two.toBytes());
          back.merge(one);
          SortedColumn column = SortedColumn.of(rows);
          for (NumberSketch merged : new NumberSketch[] {forth, back}) {
            assertThat(merged.n()).isEqualTo(5_000);
            assertThat(merged.missing()).isEqualTo(1);
            assertThat(merged.notANumber()).isEqualTo(1);
            assertThat(merged.infinite()).isEqualTo(1);
            assertThat(merged.mean()).isCloseTo(column.mean(), within(1e-9));
            assertThat(merged.deviation()).isCloseTo(column.deviation(), within(1e-9));
            assertThat(merged.min()).isEqualTo(column.min());
            assertThat(merged.max()).isEqualTo(column.max());
            assertThat(merged.distinct()).isCloseTo(column.distinct(), within(400.0));
          }
        });
  }

  @Test
  void distancesAreWithinTheStatedError() {
    int broken = 0;
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      double[] first = rows(random, 20_000, 0);
      double[] second = rows(random, 15_000, 0.2);
      NumberSketch x = sketch(first, NumberSketch.DAY);
      NumberSketch y = sketch(second, NumberSketch.DAY);
      SortedColumn reference = SortedColumn.of(first);
      SortedColumn current = SortedColumn.of(second);
      double off =
          SketchDistances.kolmogorovSmirnov(x, y) - KolmogorovSmirnov.distance(reference, current);
      broken += Math.abs(off) > SketchDistances.error(x, y) ? 1 : 0;
      assertThat(SketchDistances.normedWasserstein(x, y))
          .isCloseTo(ValueDistances.normedWasserstein(reference, current), within(0.02));
      assertThat(SketchDistances.populationStability(x, y)).isBetween(0.02, 0.06);
      assertThat(SketchDistances.jensenShannon(x, y, 2)).isBetween(0.04, 0.1);
      assertThat(SketchDistances.populationStability(x, x)).isCloseTo(0, within(1e-12));
    }
    assertThat(broken).isLessThan(3);
  }

  @Test
  void fewRowsAreKeptWhole() {
    double[] first = rows(new Random(1), 150, 0);
    double[] second = rows(new Random(2), 120, 0.5);
    NumberSketch x = sketch(first, NumberSketch.HOUR);
    NumberSketch y = sketch(second, NumberSketch.HOUR);
    SortedColumn reference = SortedColumn.of(first);
    SortedColumn current = SortedColumn.of(second);
    assertThat(SketchDistances.error(x, y)).isZero();
    assertThat(SketchDistances.kolmogorovSmirnov(x, y))
        .isCloseTo(KolmogorovSmirnov.distance(reference, current), within(1e-12));
    assertThat(SketchDistances.wasserstein(x, y))
        .isCloseTo(ValueDistances.wasserstein(reference, current), within(1e-12));
  }

  @Test
  void frequentTextsAreCounted() {
    TextSketch one = new TextSketch();
    TextSketch two = new TextSketch();
    for (int row = 0; row < 1000; row++) {
      (row % 3 == 0 ? one : two).add("DE");
      (row % 2 == 0 ? one : two).add(row < 400 ? "FR" : "");
    }
    two.addMissing();
    two.add("x".repeat(1000));
    one.merge(TextSketch.fromBytes(two.toBytes()));
    assertThat(one.n()).isEqualTo(2001);
    assertThat(one.missing()).isEqualTo(1);
    assertThat(one.error()).isZero();
    assertThat(one.distinct()).isCloseTo(4, within(0.01));
    assertThat(one.frequent())
        .containsExactly(
            new TextSketch.Item("DE", 1000, 1000, 1000),
            new TextSketch.Item("", 600, 600, 600),
            new TextSketch.Item("FR", 400, 400, 400),
            new TextSketch.Item("x".repeat(128), 1, 1, 1));
  }

  @Test
  void otherBytesAreRefused() {
    byte[] numbers = sketch(rows(new Random(1), 1000, 0), NumberSketch.HOUR).toBytes();
    TextSketch texts = new TextSketch();
    texts.add("a");
    byte[] text = texts.toBytes();
    Seeds.check(
        500,
        seed -> {
          Random random = new Random(seed);
          checkDamaged(Arrays.copyOf(numbers, random.nextInt(numbers.length)));
          byte[] turned = (random.nextBoolean() ? numbers : text).clone();
          turned[random.nextInt(turned.length)] ^= (byte) (1 << random.nextInt(8));
          checkDamaged(turned);
        });
    assertThatThrownBy(() -> NumberSketch.fromBytes(new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void checkDamaged(byte[] bytes) {
    assertThatThrownBy(() -> NumberSketch.fromBytes(bytes))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TextSketch.fromBytes(bytes))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static NumberSketch sketch(double[] rows, int k) {
    NumberSketch sketch = new NumberSketch(k);
    for (double row : rows) {
      sketch.add(row);
    }
    return sketch;
  }

  private static double[] rows(Random random, int n, double shift) {
    double[] rows = new double[n];
    for (int row = 0; row < n; row++) {
      rows[row] = random.nextGaussian() + shift;
    }
    return rows;
  }
}
