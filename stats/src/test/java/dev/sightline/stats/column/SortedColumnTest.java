package dev.sightline.stats.column;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.Seeds;
import java.util.Arrays;
import java.util.Random;
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
}
