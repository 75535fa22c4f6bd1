package dev.sightline.wire.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.model.prediction.Datum;
import dev.sightline.wire.csv.CsvReader.Line;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvReaderTest {
  private static List<Line> lines(byte[] csv) {
    CsvReader reader = new CsvReader(new ByteArrayInputStream(csv));
    List<Line> lines = new ArrayList<>();
    for (Line line = reader.next(); line != null; line = reader.next()) {
      lines.add(line);
    }
    return lines;
  }

  private static List<Line> lines(String csv) {
    return lines(csv.getBytes(StandardCharsets.UTF_8));
  }

  private static Line line(long number, String... cells) {
    return new Line(List.of(cells), number, null);
  }

  @Test
  void cellsEndAtCommasAndLinesAtAnyEnd() {
    assertThat(lines("a,b\r\n1,\r,2\n\n\nlast"))
        .containsExactly(line(1, "a", "b"), line(2, "1", ""), line(3, "", "2"), line(6, "last"));
    assertThat(lines("")).isEmpty();
    assertThat(lines("\n\r\n")).isEmpty();
    assertThat(lines("\uFEFFid\nKöln 🙂\n")).containsExactly(line(1, "id"), line(2, "Köln 🙂"));
    assertThat(lines("a,")).containsExactly(line(1, "a", ""));
  }

  @Test
  void quotesHoldCommasLineEndsAndQuotes() {
    assertThat(lines("\"a,\"\"b\"\"\",\"x\r\ny\rz\n\",\"\"\nnext,plain \"quote\"\n"))
        .containsExactly(line(1, "a,\"b\"", "x\r\ny\rz\n", ""), line(5, "next", "plain \"quote\""));
  }

  @Test
  void aBadRecordCostsItself() {
    assertThat(lines("\"a\"b,c\nd,e"))
        .containsExactly(
            new Line(List.of(), 1, "has text behind the quoted cell in column 1"),
            line(2, "d", "e"));
    String tooLong = "x".repeat(CsvReader.MAX_CHARACTERS + 1);
    assertThat(lines(tooLong + "\nd"))
        .containsExactly(new Line(List.of(), 1, "is longer than 1048576 characters"), line(2, "d"));
    assertThat(lines("a," + "x".repeat(CsvReader.MAX_CHARACTERS - 2)))
        .hasSize(1)
        .allMatch(one -> one.problem() == null);
  }

  @Test
  void whereNoNextRecordCanBeToldReadingEnds() {
    assertThatThrownBy(() -> lines("a\nb,\"c\nd\n"))
        .isInstanceOf(CsvException.class)
        .hasMessage(
            "the quote that opens on line 2, in the row that begins on line 2, is not closed");
    assertThatThrownBy(() -> lines("\"" + "x".repeat(CsvReader.MAX_CHARACTERS) + "\""))
        .hasMessageEndingWith("is not closed within 1048576 characters");
    assertThatThrownBy(() -> lines(new byte[] {'a', '\n', (byte) 0xC3, 'x'}))
        .isInstanceOf(CsvException.class)
        .hasMessageEndingWith("is not UTF-8");
  }

  @Test
  void textsOfAnyLengthNeedNoMemory() {
    InputStream endless =
        new InputStream() {
          private long left = 64L << 20;

          @Override
          public int read() {
            left--;
            return left < 0 ? -1 : left % 64 == 0 ? '\n' : 'x';
          }

          @Override
          public int read(byte[] into, int offset, int length) {
            for (int i = 0; i < length; i++) {
              int next = read();
              if (next < 0) {
                return i == 0 ? -1 : i;
              }
              into[offset + i] = (byte) next;
            }
            return length;
          }
        };
    CsvReader reader = new CsvReader(endless);
    long lines = 0;
    while (reader.next() != null) {
      lines++;
    }
    assertThat(lines).isEqualTo((64L << 20) / 64);
  }

  @Test
  void cellsAreWhatTheyLookLike() {
    assertThat(CellValue.of("")).isEqualTo(new Datum.Missing());
    assertThat(CellValue.of("-1.5e3")).isEqualTo(new Datum.Amount(-1500));
    assertThat(CellValue.of("0.5")).isEqualTo(new Datum.Amount(0.5));
    assertThat(CellValue.of("0")).isEqualTo(new Datum.Amount(0));
    assertThat(CellValue.of("NaN")).isEqualTo(new Datum.Amount(Double.NaN));
    assertThat(CellValue.of("True")).isEqualTo(new Datum.Flag(true));
    assertThat(CellValue.of("FALSE")).isEqualTo(new Datum.Flag(false));
    List.of("007", "1,5", "0x10", " 1", "1d", "Infinity", "yes", "--1", ".")
        .forEach(text -> assertThat(CellValue.of(text)).isEqualTo(new Datum.Text(text)));
  }
}
