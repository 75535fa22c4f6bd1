package dev.sightline.logstore.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.model.label.Labels;
import dev.sightline.model.log.LogBatch;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Holds the tables of [LinesFormat] against bytes.
class LinesRecordTest {
  private static final Labels APP = Labels.of("a", "x");

  @Test
  void recordHasTheBytesOfItsTable() {
    LogBatch batch = new LogBatch();
    batch.add(APP, 5, bytes("hi"), Labels.EMPTY);
    batch.add(APP, 3, bytes(""), Labels.of("t", "1"));
    LinesRecord record = LinesRecord.parse(encode(batch));
    record.number(7);
    assertThat(HexFormat.of().formatHex(record.bytes()))
        .isEqualTo(
            ("01 0000000000000007 00000000000003e8"
                    + "00 01 0161 0178 0a 00 02 6869"
                    + "00 03 01 0174 0131 00")
                .replace(" ", ""));
  }

  @Test
  void identitiesNeverChange() {
    LogBatch batch = new LogBatch();
    batch.add(APP, 1_750_000_000_000_000_000L, bytes("level=info msg=started"), Labels.EMPTY);
    batch.add(APP, 0, bytes(""), Labels.of("t", "1"));
    LinesRecord record = LinesRecord.parse(encode(batch));
    assertThat(List.of(record.identity(0), record.identity(1)))
        .containsExactly(582080823, -1554811110);
  }

  @Test
  void repeatedLinesAreFoundAndLeftOut() {
    LogBatch batch = new LogBatch();
    Labels other = Labels.of("a", "y");
    batch.add(other, 5, bytes("one"), Labels.EMPTY);
    batch.add(APP, 5, bytes("one"), Labels.EMPTY);
    batch.add(other, 5, bytes("one"), Labels.EMPTY);
    batch.add(APP, 5, bytes("two"), Labels.EMPTY);
    LinesRecord record = LinesRecord.parse(encode(batch));
    assertThat(record.repeatedWithin()).isEqualTo(BitSet.valueOf(new long[] {0b100}));
    LinesRecord rest = record.without(BitSet.valueOf(new long[] {0b101}));
    assertThat(rest.size()).isEqualTo(2);
    assertThat(rest.streams()).containsExactly(APP);
    assertThat(rest.identity(1)).isEqualTo(record.identity(3));
  }

  @Test
  void everyCutIsRefusedOrReadsFewerLines() {
    byte[] whole = encode(sample());
    for (int length = 0; length < whole.length; length++) {
      readOrRefuse(java.util.Arrays.copyOf(whole, length));
    }
  }

  @Test
  void damagedBytesAreRefusedOrRead() {
    byte[] whole = encode(sample());
    Seeds.check(
        20_000,
        seed -> {
          SplittableRandom random = new SplittableRandom(seed);
          byte[] damaged = whole.clone();
          for (int i = random.nextInt(1, 6); i > 0; i--) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
          }
          readOrRefuse(damaged);
        });
  }

  @Test
  void otherTypesAreRefused() {
    byte[] bytes = encode(sample());
    bytes[0] = 9;
    assertThatThrownBy(() -> LinesRecord.parse(bytes))
        .isInstanceOf(BadBytesException.class)
        .hasMessage("a record of type 9, which this version does not know");
  }

  private static void readOrRefuse(byte[] bytes) {
    try {
      LinesRecord record = LinesRecord.parse(bytes);
      assertThat(record.size()).isLessThanOrEqualTo(bytes.length);
    } catch (BadBytesException refused) {
      assertThat(refused).hasMessageNotContaining("BUG");
    }
  }

  private static LogBatch sample() {
    LogBatch batch = new LogBatch();
    for (int i = 0; i < 20; i++) {
      Labels stream = Labels.of("app", "a" + i % 3, "level", "info");
      batch.add(stream, 1_000L * i, bytes("line " + i), Labels.of("trace", "t" + i));
    }
    return batch;
  }

  private static byte[] encode(LogBatch batch) {
    BitSet all = new BitSet();
    all.set(0, batch.size());
    List<byte[]> records = LinesEncoder.encode(batch, all, 1_000);
    return records.getFirst();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
