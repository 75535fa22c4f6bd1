package dev.sightline.stats.column;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.Seeds;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SortedColumnTest {
  /// All doubles there are, ties and both signs among them; few different ones, and a few more.
  @Test
  void manyValuesAreSortedAsFewAre() {
    Seeds.check(
        12,
        seed -> {
          Random random = new Random(seed);
          double[] values = new double[20_000 + random.nextInt(20_000)];
          for (int row = 0; row < values.length; row++) {
            double any = Double.longBitsToDouble(random.nextLong());
            double few = random.nextInt(seed % 3 == 0 ? 9 : 250 + (int) seed) - 4;
            double value = seed % 3 == 1 ? any : few;
            values[row] = Double.isFinite(value) ? value + 0.0 : random.nextGaussian();
          }
          double[] want = values.clone();
          Arrays.sort(want);
          assertThat(SortedColumn.of(values).toArray()).isEqualTo(want);
        });
  }

  @Test
  void placesStandInTheOrderOfTheirNumbers() {
    Seeds.check(
        12,
        seed -> {
          Random random = new Random(seed);
          double[] keys = new double[random.nextInt(3_000)];
          for (int place = 0; place < keys.length; place++) {
            double any = Double.longBitsToDouble(random.nextLong());
            double few = random.nextInt(7) - 3;
            keys[place] = seed % 2 == 0 || Double.isNaN(any) ? few : any;
          }
          int[] want =
              IntStream.range(0, keys.length)
                  .boxed()
                  .sorted(Comparator.comparingDouble(place -> keys[place] + 0.0))
                  .mapToInt(Integer::intValue)
                  .toArray();
          assertThat(RisingOrder.of(keys)).isEqualTo(want);
        });
  }
}
