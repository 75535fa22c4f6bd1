package dev.sightline.quality.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScoredRowsTest {
  private static final int[] SWAPPED = {1, 0};

  /// Rows whose score is their number, of class 0 and predicted as 1.
  private static ScoredRows rows(int from, int end, int limit) {
    ScoredRows rows = new ScoredRows(1, limit);
    for (int row = from; row < end; row++) {
      rows.add(0, 1, new double[] {row});
    }
    return rows;
  }

  @Test
  void allRowsAreKeptWhereThereIsRoom() {
    ScoredRows merged = rows(0, 30, 100);
    merged.merge(rows(30, 100, 100), SWAPPED);
    assertThat(merged.kept()).isEqualTo(100);
    assertThat(merged.seen()).isEqualTo(100);
    for (int row = 0; row < 100; row++) {
      assertThat(merged.score(row, 0)).isEqualTo(row);
      assertThat(merged.truth(row)).isEqualTo(row < 30 ? 0 : 1);
      assertThat(merged.prediction(row)).isEqualTo(row < 30 ? 1 : 0);
    }
    ScoredRows empty = rows(0, 0, 100);
    empty.merge(rows(0, 0, 100), SWAPPED);
    assertThat(empty.kept()).isZero();
  }

  /// Three of four rows are on one side, of which no more were kept than of the other.
  @Test
  void eachSideHasItsShareOfASample() {
    ScoredRows merged = rows(0, 30_000, 1_000);
    merged.merge(rows(30_000, 40_000, 1_000), new int[] {0, 1});
    assertThat(merged.seen()).isEqualTo(40_000);
    assertThat(merged.kept()).isEqualTo(1_000);
    double sum = 0;
    int ofFirst = 0;
    for (int row = 0; row < merged.kept(); row++) {
      sum += merged.score(row, 0);
      ofFirst += merged.score(row, 0) < 30_000 ? 1 : 0;
    }
    assertThat(ofFirst).isEqualTo(750);
    assertThat(sum / merged.kept()).isCloseTo(20_000, within(1_500.0)); // 4 standard errors
  }
}
