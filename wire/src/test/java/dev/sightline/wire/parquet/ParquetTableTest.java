package dev.sightline.wire.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.testkit.Seeds;
import dev.sightline.wire.table.BadTableException;
import dev.sightline.wire.table.ReadColumns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that DuckDB wrote, against what DuckDB reads from them.
class ParquetTableTest {
  private static final String ROWS =
      """
      CREATE TABLE rows AS SELECT
        CASE WHEN i % 7 = 0 THEN NULL ELSE (hash(i) % 1000003) / 997.0::DOUBLE END AS d,
        (i % 13)::DOUBLE / 4 AS few,
        i::INTEGER - 5000 AS i32,
        (i * 123456789012)::BIGINT AS i64,
        (i % 200)::UTINYINT AS u8,
        18446744073709551615::UBIGINT - i::UBIGINT AS u64,
        (i / 3.0)::FLOAT AS f,
        (i / 100.0)::DECIMAL(9, 2) AS dec,
        (i / 100.0)::DECIMAL(30, 5) AS wide,
        i % 3 = 0 AS flag,
        'word ' || (i % 11) AS word,
        CASE WHEN i % 5 = 0 THEN NULL ELSE 'text ' || hash(i) END AS text,
        'ä' || repeat('x', (i % 40)::INTEGER) AS long,
        NULL::VARCHAR AS none,
        TIMESTAMP '2026-01-01' + INTERVAL (i) SECOND AS time,
        [i, i + 1] AS list
      FROM range(ROWS) r(i)
      """;

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COMPRESSION uncompressed",
        "COMPRESSION snappy",
        "COMPRESSION gzip",
        "COMPRESSION zstd, ROW_GROUP_SIZE 2048",
        "COMPRESSION lz4_raw",
        "COMPRESSION zstd, PARQUET_VERSION V2",
        "COMPRESSION snappy, PARQUET_VERSION V2, DICTIONARY_SIZE_LIMIT 1",
        "COMPRESSION uncompressed, DICTIONARY_SIZE_LIMIT 1"
      })
  void everyColumnIsReadAsDuckDbReadsIt(String options) throws SQLException {
    Path file = write(10_000, options);
    try (ParquetTable table = ParquetTable.open(file)) {
      ReadColumns read = new ReadColumns(table);
      assertThat(read.rows()).isEqualTo(10_000);
      assertThat(table.skipped()).containsOnlyKeys("time", "list.list.element");
      for (int column = 0; column < table.columns().size(); column++) {
        compare(file, table.columns().get(column), read.column(column));
      }
    }
  }

  @Test
  void anEmptyTableHasColumns() throws SQLException {
    try (ParquetTable table = ParquetTable.open(write(0, "COMPRESSION zstd"))) {
      assertThat(new ReadColumns(table).rows()).isZero();
      assertThat(table.columns()).contains("d", "word");
    }
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    Path file = Files.writeString(directory.resolve("no.parquet"), "a,b\n1,2\n3,4\n5,6\n");
    assertThatThrownBy(() -> ParquetTable.open(file))
        .isInstanceOf(BadTableException.class)
        .hasMessage(file + " is no Parquet file: it does not end with PAR1");
    assertThatThrownBy(() -> ParquetTable.open(directory.resolve("nowhere")))
        .isInstanceOf(BadTableException.class);
  }

  /// Wherever bytes are changed or cut off, reading ends with an answer or a refusal.
  @Test
  void damageIsRefusedOrRead() throws SQLException, IOException {
    byte[] whole = Files.readAllBytes(write(300, "COMPRESSION snappy"));
    Path file = directory.resolve("damaged.parquet");
    int[] refused = new int[1];
    Seeds.check(
        400,
        seed -> {
          Random random = new Random(seed);
          byte[] bytes = whole.clone();
          for (int change = 0; change < 3; change++) {
            bytes[4 + random.nextInt(bytes.length - 12)] = (byte) random.nextInt();
          }
          try {
            Files.write(file, bytes);
            try (ParquetTable table = ParquetTable.open(file)) {
              new ReadColumns(table);
            }
          } catch (BadTableException bad) {
            assertThat(bad).hasMessageStartingWith(file.toString());
            refused[0]++;
          } catch (IOException failure) {
            throw new AssertionError(failure);
          }
        });
    assertThat(refused[0]).isPositive();
  }

  private Path write(int rows, String options) throws SQLException {
    Path file = directory.resolve("rows.parquet");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(ROWS.replace("ROWS", Integer.toString(rows)));
      statement.execute("COPY rows TO '" + file + "' (FORMAT parquet, " + options + ")");
    }
    return file;
  }

  private static void compare(Path file, String name, ReadColumns.Column got) throws SQLException {
    List<Double> numbers = new ArrayList<>();
    Map<String, Long> texts = new TreeMap<>();
    long missing = 0;
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT \"" + name + "\" FROM read_parquet('" + file + "')")) {
      while (rows.next()) {
        Object value = rows.getObject(1);
        switch (value) {
          case null -> missing++;
          case Number number -> numbers.add(number.doubleValue());
          default -> texts.merge(value.toString(), 1L, Long::sum);
        }
      }
    }
    assertThat(got.missing()).as(name).isEqualTo(missing);
    assertThat(got.texts()).as(name).isEqualTo(texts);
    assertThat(got.numbers()).as(name).isEqualTo(numbers);
  }
}
