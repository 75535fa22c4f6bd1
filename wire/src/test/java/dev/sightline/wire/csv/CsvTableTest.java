package dev.sightline.wire.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.testkit.Seeds;
import dev.sightline.wire.table.BadTableException;
import dev.sightline.wire.table.ReadColumns;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CsvTableTest {
  @Test
  void numbersAndTextsAreTold() {
    CsvTable table = table("a,b,c\n1,x,-2.5\n,y,1e3\n3.25,x,NA\n");
    ReadColumns read = new ReadColumns(table);
    assertThat(table.columns()).containsExactly("a", "b", "c");
    assertThat(read.rows()).isEqualTo(3);
    assertThat(read.column(0).numbers()).containsExactly(1.0, 3.25);
    assertThat(read.column(0).missing()).isEqualTo(1);
    assertThat(read.column(1).texts()).isEqualTo(Map.of("x", 2L, "y", 1L));
    assertThat(read.column(2).numbers()).containsExactly(-2.5, 1_000.0);
    assertThat(read.column(2).missing()).isEqualTo(1);
  }

  @Test
  void quotesHoldSeparatorsLinesAndQuotes() {
    ReadColumns read =
        new ReadColumns(table("\"a,1\",b\r\n\"x,\"\"y\"\"\n z\",\"1.5\"\r\n\"\",2\r\n"));
    assertThat(read.column(0).texts()).isEqualTo(Map.of("x,\"y\"\n z", 1L));
    assertThat(read.column(0).missing()).isEqualTo(1);
    assertThat(read.column(1).numbers()).containsExactly(1.5, 2.0);
  }

  /// One word among numbers makes texts of all of them, also of those that were read before.
  @Test
  void aLateTextMakesTheColumnOneOfTexts() {
    ReadColumns read = new ReadColumns(table("a,b\n1,1\n2.50,2\n,3\nmany,4\n"));
    assertThat(read.column(0).texts()).isEqualTo(Map.of("1", 1L, "2.50", 1L, "many", 1L));
    assertThat(read.column(0).numbers()).isEmpty();
    assertThat(read.column(0).missing()).isEqualTo(1);
    assertThat(read.column(1).numbers()).containsExactly(1.0, 2.0, 3.0, 4.0);
  }

  @Test
  void otherSeparatorsAndMarksAreSeen() {
    assertThat(table("\uFEFFa;b\n1;2\n").columns()).containsExactly("a", "b");
    assertThat(table("a\tb\n").columns()).containsExactly("a", "b");
    assertThat(table("a,a,\n").columns()).containsExactly("a", "a.1", "column 3");
    assertThat(new ReadColumns(table("a\n\n1\n\n\n2")).column(0).numbers())
        .containsExactly(1.0, 2.0);
    assertThat(
            new ReadColumns(table("a\n+5\n inf \n00000000000000000000012\n")).column(0).numbers())
        .containsExactly(5.0, Double.POSITIVE_INFINITY, 12.0);
  }

  @Test
  void brokenTablesSayWhere() {
    assertThatThrownBy(() -> table(""))
        .isInstanceOf(BadTableException.class)
        .hasMessage("t.csv is empty: a first line that names columns is needed");
    assertThatThrownBy(() -> new ReadColumns(table("a,b\n1,2\n3\n")))
        .hasMessage("t.csv, line 3: 1 values; the first line names 2");
    assertThatThrownBy(() -> new ReadColumns(table("a,b\n1,2\n3,4,5\n")))
        .hasMessage("t.csv, line 3: more values than the 2 that the first line names");
    assertThatThrownBy(() -> new ReadColumns(table("a,b\n1,\"2\n3,4\n")))
        .hasMessageContaining("t.csv, line 2: the quote of value 2 is never closed");
  }

  /// Tables of every shape, some far beyond the window, against a table in memory.
  @Test
  void whatIsWrittenIsRead() {
    Seeds.check(
        60,
        seed -> {
          Random random = new Random(seed);
          int columns = 1 + random.nextInt(5);
          int rows = random.nextInt(seed % 20 == 0 ? 60_000 : 200);
          StringBuilder text = new StringBuilder("c0");
          for (int column = 1; column < columns; column++) {
            text.append(",c").append(column);
          }
          List<Double> numbers = new ArrayList<>();
          List<Map<String, Long>> texts = new ArrayList<>();
          for (int column = 0; column < columns; column++) {
            texts.add(new TreeMap<>());
          }
          for (int row = 0; row < rows; row++) {
            text.append(random.nextBoolean() ? "\n" : "\r\n");
            double number = random.nextGaussian() * Math.pow(10, random.nextInt(12) - 6);
            numbers.add(number);
            text.append(number);
            for (int column = 1; column < columns; column++) {
              String word = word(random);
              texts.get(column).merge(word, 1L, Long::sum);
              text.append(",\"").append(word.replace("\"", "\"\"")).append('"');
            }
          }
          text.append(random.nextBoolean() ? "\n" : "");
          ReadColumns read = new ReadColumns(table(text.toString()));
          assertThat(read.rows()).isEqualTo(rows);
          assertThat(read.column(0).numbers()).isEqualTo(numbers);
          for (int column = 1; column < columns; column++) {
            assertThat(read.column(column).texts()).isEqualTo(texts.get(column));
          }
        });
  }

  /// Any bytes at all are a table or are refused.
  @Test
  void nothingElseEverHappens() {
    Seeds.check(
        2_000,
        seed -> {
          Random random = new Random(seed);
          byte[] bytes = new byte[random.nextInt(60)];
          for (int place = 0; place < bytes.length; place++) {
            bytes[place] = (byte) "a1.,-e\"\n\r;N ".charAt(random.nextInt(12));
          }
          try {
            new ReadColumns(new CsvTable("t.csv", () -> new ByteArrayInputStream(bytes)));
          } catch (BadTableException bad) {
            assertThat(bad).hasMessageStartingWith("t.csv");
          }
        });
  }

  private static String word(Random random) {
    StringBuilder word = new StringBuilder("w");
    for (int left = random.nextInt(12); left > 0; left--) {
      word.append("ab\",\n é".charAt(random.nextInt(7)));
    }
    return word.append('.').toString();
  }

  private static CsvTable table(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new CsvTable("t.csv", () -> new ByteArrayInputStream(bytes));
  }
}
