package dev.sightline.tsdb.compact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.tsdb.block.BlockMeta;
import dev.sightline.tsdb.block.BlockMeta.Descent;
import dev.sightline.tsdb.block.BlockMeta.Stats;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompactionPlanTest {
  private static final long HOUR_MS = 3_600_000;
  private static final List<Long> RANGES =
      CompactionPlan.rangesMs(15L * 24 * HOUR_MS); // 2, 6 and 18 hours

  @Test
  void rangesGrowThreefoldToATenthOfTheRetention() {
    assertThat(RANGES).containsExactly(2 * HOUR_MS, 6 * HOUR_MS, 18 * HOUR_MS);
    assertThat(CompactionPlan.rangesMs(HOUR_MS)).containsExactly(2 * HOUR_MS);
    assertThat(CompactionPlan.rangesMs(100L * 365 * 24 * HOUR_MS).getLast())
        .isEqualTo(486 * HOUR_MS);
  }

  @Test
  void joinsWhatFillsARangeAndLeavesTheNewestAlone() {
    check("0-2 2-4", "");
    check("0-2 2-4 4-6", "");
    check("0-2 2-4 4-6 6-8", "0-2 2-4 4-6");
    check("0-6 6-8 8-10 10-12 12-14", "6-8 8-10 10-12");
    check("0-6 6-12 12-18 18-20", "0-6 6-12 12-18");
  }

  @Test
  void joinsWhatIsNotFullOnceNothingMoreComes() {
    check("0-2 4-6 6-8", "0-2 4-6");
    check("0-2 2-4 6-8", "");
    check("0-2 2-4 6-8 8-10", "0-2 2-4");
    check("0-2 4-6 6-8 8-10", "0-2 4-6");
    check("2-4 6-8 10-12", "");
    check("-6--4 -2-0 0-2 2-4", "-6--4 -2-0");
  }

  @Test
  void joinsWhatOverlapsFirst() {
    check("0-2 1-3", "0-2 1-3");
    check("0-2 2-4 3-9 4-6 10-12", "2-4 3-9 4-6");
    check("0-18 2-4 4-6", "0-18 2-4 4-6");
  }

  @Test
  void leavesLongBlocksAsTheyAre() {
    check("0-18 18-36 36-54 54-72 72-74", "");
    check("0-40 40-42 42-44 44-46", "");
  }

  private static void check(String blocks, String chosen) {
    List<BlockMeta> metas = metas(blocks);
    assertThat(CompactionPlan.next(metas, RANGES)).as(blocks).isEqualTo(metas(chosen));
  }

  private static List<BlockMeta> metas(String blocks) {
    List<BlockMeta> metas = new ArrayList<>();
    for (String block : blocks.split(" ")) {
      if (!block.isEmpty()) {
        int dash = block.indexOf('-', 1);
        long minMs = Long.parseLong(block.substring(0, dash)) * HOUR_MS;
        long maxMs = Long.parseLong(block.substring(dash + 1)) * HOUR_MS;
        metas.add(new BlockMeta(block, minMs, maxMs, Stats.NONE, Descent.first(block)));
      }
    }
    metas.sort(Comparator.comparingLong(BlockMeta::minMs));
    return metas;
  }
}
