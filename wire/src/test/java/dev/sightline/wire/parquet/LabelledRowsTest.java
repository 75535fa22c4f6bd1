package dev.sightline.wire.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.model.label.Labels;
import dev.sightline.wire.table.ColumnSink;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is written is read by our reader, as far as that knows its columns; other readers are held
/// against it by the bytes, which DuckDB and Arrow have read.
class LabelledRowsTest {
  @TempDir Path directory;

  @Test
  void linesComeBack() throws IOException {
    Path file = directory.resolve("lines.parquet");
    try (OutputStream out = Files.newOutputStream(file)) {
      LabelledRows rows = LabelledRows.ofLines(out);
      for (int i = 0; i < 120_000; i++) {
        rows.add(i * 1_000L, Labels.of("app", "a" + i % 3), "line " + i);
      }
      rows.finish();
    }
    try (ParquetTable table = ParquetTable.open(file)) {
      assertThat(table.columns()).containsExactly("line");
      assertThat(table.skipped())
          .containsOnlyKeys("timestamp", "labels.key_value.key", "labels.key_value.value");
      List<String> read = new ArrayList<>();
      assertThat(table.read(new int[] {0}, _ -> new Texts(read))).isEqualTo(120_000);
      assertThat(read).hasSize(120_000).startsWith("line 0").endsWith("line 119999");
    }
  }

  private record Texts(List<String> read) implements ColumnSink {
    @Override
    public void numbers(double[] values, int count) {
      throw new AssertionError("numbers in a column of texts");
    }

    @Override
    public void text(byte[] bytes, int from, int length, long times) {
      String text = new String(bytes, from, length, StandardCharsets.UTF_8);
      for (long i = 0; i < times; i++) {
        read.add(text);
      }
    }

    @Override
    public void missing(long rows) {
      assertThat(rows).isZero();
    }
  }

  @Test
  void aFileWithoutRowsIsOne() throws IOException {
    Path file = directory.resolve("none.parquet");
    try (OutputStream out = Files.newOutputStream(file)) {
      LabelledRows.ofValues(out).finish();
    }
    try (ParquetTable table = ParquetTable.open(file)) {
      assertThat(table.columns()).containsExactly("value");
    }
    assertThat(HexFormat.of().formatHex(Files.readAllBytes(file)))
        .startsWith("50415231")
        .endsWith("50415231");
  }
}
