package dev.sightline.tsdb.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.model.label.Labels;
import dev.sightline.storage.codec.BadBytesException;
import dev.sightline.storage.codec.ByteSink;
import dev.sightline.storage.codec.ByteSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordTest {
  @Test
  void writesSeriesAsPrometheusDoes() {
    ByteSink sink = new ByteSink();
    SeriesRecord.begin(sink);
    SeriesRecord.add(sink, 7, Labels.of("__name__", "up", "job", "ü"));
    SeriesRecord.add(sink, 8, Labels.of("a", "b"));
    checkBytes(
        sink,
        "01"
            + " 0000000000000007 02 08 5f5f6e616d655f5f 02 7570 03 6a6f62 02 c3bc"
            + " 0000000000000008 01 01 61 01 62");
    List<String> read = new ArrayList<>();
    SeriesRecord.read(
        behindType(sink.toArray()),
        new Interner(),
        (ref, labels) -> read.add(ref + labels.toString()));
    assertThat(read).containsExactly("7{__name__=\"up\", job=\"ü\"}", "8{a=\"b\"}");
  }

  @Test
  void manySeriesAreSpreadOverRecords() {
    List<byte[]> records = new ArrayList<>();
    SeriesRecords series = new SeriesRecords(records::add);
    for (int i = 0; i < 10_000; i++) {
      series.add(i, Labels.of("__name__", "a_metric_of_some_length", "number", "" + i));
    }
    series.finish();
    series.finish();
    List<Long> read = new ArrayList<>();
    for (byte[] record : records) {
      assertThat(record.length).isLessThan(SeriesRecords.RECORD_BYTES + 100);
      SeriesRecord.read(behindType(record), new Interner(), (ref, _) -> read.add(ref));
    }
    assertThat(records).hasSizeGreaterThan(2);
    assertThat(read).hasSize(10_000).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void writesSamplesAsPrometheusDoes() {
    ByteSink sink = new ByteSink();
    SamplesRecord record = new SamplesRecord(sink);
    record.begin();
    record.add(5, 1000, 1.0);
    record.add(3, 1001, -2.0);
    record.add(300, 999, 0.0);
    checkBytes(
        sink,
        "02 0000000000000005 00000000000003e8"
            + " 00 00 3ff0000000000000"
            + " 03 02 c000000000000000"
            + " ce04 01 0000000000000000");
    List<String> read = new ArrayList<>();
    SamplesRecord.read(
        behindType(sink.toArray()),
        (ref, timestampMs, value) -> read.add(ref + "@" + timestampMs + "=" + value));
    assertThat(read).containsExactly("5@1000=1.0", "3@1001=-2.0", "300@999=0.0");
  }

  @Test
  void refusesRecordsThatEndEarly() {
    ByteSink sink = new ByteSink();
    SeriesRecord.begin(sink);
    SeriesRecord.add(sink, 7, Labels.of("a", "b"));
    byte[] whole = sink.toArray();
    for (int length = 2; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> SeriesRecord.read(behindType(cut), new Interner(), (_, _) -> {}))
          .isInstanceOf(BadBytesException.class);
    }
  }

  private static ByteSource behindType(byte[] record) {
    return new ByteSource(record).skip(1);
  }

  private static void checkBytes(ByteSink sink, String hex) {
    assertThat(HexFormat.of().formatHex(sink.toArray())).isEqualTo(hex.replace(" ", ""));
  }
}
