package dev.sightline.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// Holds the table of [LogFormat] against bytes.
class LogFormatTest {
  private final FragmentEncoder encoder = new FragmentEncoder();

  @Test
  void shortRecordIsOneFragment() {
    add("abc".getBytes());
    check(0, "01 0003 364b3fb7 616263");
  }

  @Test
  void recordThatCrossesPagesHasAFirstAMiddleAndALast() {
    add(new byte[2 * 32_768]);
    check(0, "02 7ff9");
    check(32_768, "03 7ff9");
    check(65_536, "04 000e");
    assertThat(encoder.usedBytes()).isEqualTo(65_536 + 7 + 14);
  }

  @Test
  void endOfAPageTooShortForAHeaderIsZero() {
    add(new byte[32_768 - 7 - 6]);
    add("abc".getBytes());
    check(32_762, "000000000000 01 0003 364b3fb7 616263");
  }

  @Test
  void roomForAHeaderAloneHoldsAnEmptyFirst() {
    add(new byte[32_768 - 7 - 7]);
    add("abc".getBytes());
    check(32_761, "02 0000 00000000 04 0003 364b3fb7 616263");
  }

  @Test
  void compressionIsABitOfTheType() {
    encoder.add("abc".getBytes(), 3, LogFormat.SNAPPY);
    check(0, "09 0003 364b3fb7 616263");
    assertThat(LogFormat.isType(LogFormat.FULL | LogFormat.ZSTD)).isTrue();
    assertThat(LogFormat.isType(LogFormat.FULL | LogFormat.COMPRESSION_MASK)).isFalse();
    assertThat(LogFormat.isType(5)).isFalse();
    assertThat(LogFormat.isType(LogFormat.FULL | 1 << 5)).isFalse();
  }

  @Test
  void recordMustFitWhatIsLeftOfTheFile() {
    checkRoom(0, 32_761);
    checkRoom(100, 32_661);
    checkRoom(32_762, 0);
    checkRoom(32_768, 0);
    assertThat(LogFormat.roomForRecord(32_766, 65_536)).isEqualTo(32_761);
  }

  private static void checkRoom(long usedBytes, long want) {
    assertThat(LogFormat.roomForRecord(usedBytes, 32_768)).isEqualTo(want);
  }

  private void add(byte[] record) {
    encoder.add(record, record.length, 0);
  }

  private void check(int offset, String wantHex) {
    byte[] want = HexFormat.of().parseHex(wantHex.replace(" ", ""));
    byte[] all = encoder.unwritten().array();
    assertThat(Arrays.copyOfRange(all, offset, offset + want.length)).isEqualTo(want);
  }
}
