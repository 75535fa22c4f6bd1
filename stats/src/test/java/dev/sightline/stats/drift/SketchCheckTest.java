package dev.sightline.stats.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.stats.sketch.NumberSketch;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SketchCheckTest {
  private static NumberSketch sketch(long seed, int rows, double shift) {
    Random random = new Random(seed);
    NumberSketch sketch = new NumberSketch(NumberSketch.HOUR);
    for (int row = 0; row < rows; row++) {
      sketch.add(random.nextGaussian() + shift);
    }
    return sketch;
  }

  private static DriftScore psi(NumberSketch reference, NumberSketch current) {
    return (DriftScore) SketchCheck.of(reference, current, new DriftRule(DriftMethod.PSI));
  }

  /// The outermost bins of a bell hold a handful of rows, which sketches lose or double.
  @Test
  void tailsThatMayBeEmptyAreNoDrift() {
    NumberSketch reference = sketch(1, 50_000, 0);
    reference.add(9);
    for (int seed = 2; seed < 30; seed++) {
      DriftScore score = psi(reference, sketch(seed, 50_000, 0));
      assertThat(score.verdict()).as("seed %d: %s", seed, score).isNotEqualTo(Verdict.DRIFTED);
      assertThat(score.variant()).contains("without bins that may be empty");
    }
  }

  @Test
  void whatHasMovedHasDriftedWithoutThem() {
    DriftScore score = psi(sketch(1, 50_000, 0), sketch(2, 50_000, 1));
    assertThat(score.verdict()).isEqualTo(Verdict.DRIFTED);
  }
}
