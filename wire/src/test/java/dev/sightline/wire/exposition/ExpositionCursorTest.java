package dev.sightline.wire.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.model.label.Labels;
import dev.sightline.model.series.ValueText;
import dev.sightline.testkit.Seeds;
import dev.sightline.wire.exposition.ExpositionCursor.Entry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExpositionCursorTest {
  private static List<String> read(String text, ExpositionFormat format) {
    return read(text.getBytes(StandardCharsets.UTF_8), format);
  }

  private static List<String> read(byte[] bytes, ExpositionFormat format) {
    ExpositionCursor cursor = new ExpositionCursor(bytes, bytes.length, format);
    List<String> entries = new ArrayList<>();
    for (Entry entry = cursor.next(); entry != Entry.END; entry = cursor.next()) {
      entries.add(
          switch (entry) {
            case TYPE -> "type " + cursor.familyName() + " " + cursor.type().word();
            case HELP -> "help " + cursor.familyName() + " " + cursor.text();
            case UNIT -> "unit " + cursor.familyName() + " " + cursor.text();
            case SAMPLE -> shown(cursor.sample());
            case END -> throw new IllegalStateException("BUG");
          });
    }
    return entries;
  }

  private static String shown(SeriesLine line) {
    Labels labels = line.labels();
    return line.metricName()
        + labels.without("__name__")
        + " "
        + ValueText.of(line.value())
        + (line.hasTimestamp() ? " @" + line.timestampMs() : "")
        + (line.exemplar() == null ? "" : " " + line.exemplar());
  }

  private static void text(String text, String... want) {
    assertThat(read(text, ExpositionFormat.PROMETHEUS_TEXT)).as(text).containsExactly(want);
  }

  private static void open(String text, String... want) {
    assertThat(read(text + "# EOF\n", ExpositionFormat.OPEN_METRICS))
        .as(text)
        .containsExactly(want);
  }

  private static void textRefused(String text, String message) {
    assertThatThrownBy(() -> read(text, ExpositionFormat.PROMETHEUS_TEXT))
        .as(text)
        .isInstanceOf(ExpositionException.class)
        .hasMessage(message);
  }

  private static void openRefused(String text, String message) {
    assertThatThrownBy(() -> read(text, ExpositionFormat.OPEN_METRICS))
        .as(text)
        .isInstanceOf(ExpositionException.class)
        .hasMessage(message);
  }

  @Test
  void readsSamplesOfText() {
    text("a 1\n", "a{} 1");
    text("a 1", "a{} 1");
    text("a{} 1 1700000000123\n", "a{} 1 @1700000000123");
    text(" \t a { x = \"1\" , y = \"2\" , } 1 \t 2 \t\n", "a{x=\"1\", y=\"2\"} 1 @2");
    text("\n\n\n");
    text("");
    text("a{x=\"\"} 1", "a{} 1");
    text("a:b_1 -0.5e-3", "a:b_1{} -0.0005");
    text("a NaN\nb +Inf\nc -inf\nd Infinity", "a{} NaN", "b{} +Inf", "c{} -Inf", "d{} +Inf");
  }

  @Test
  void readsQuotedNames() {
    text("{\"my.metric\", \"a b\"=\"c\"} 1", "my.metric{a b=\"c\"} 1");
    text("{x=\"1\",\"my.metric\"} 1", "my.metric{x=\"1\"} 1");
    text("# TYPE \"my.metric\" counter", "type my.metric counter");
    open("{\"température\",x=\"1\"} 1\n", "température{x=\"1\"} 1");
    textRefused("{} 1", "1:1: the braces hold no metric name");
    textRefused("{\"\"} 1", "1:2: the metric name is empty");
    textRefused("a{\"b\"} 1", "1:3: the metric already has its name");
  }

  @Test
  void decodesEscapes() {
    text("a{x=\"\\\"\\\\\\n\\z\"} 1", "a{x=\"\\\"\\\\\\n\\\\z\"} 1");
    text("# HELP a b\\\\c\\nd\\\"", "help a b\\c\nd\\\"");
    text("a{x=\"two\nlines\"} 1", "a{x=\"two\\nlines\"} 1");
    text("a{x=\"\0\"} 1", "a{x=\"\0\"} 1");
  }

  @Test
  void readsMetadataAndPassesOverComments() {
    text("# HELP a  Two  spaces ", "help a  Two  spaces ");
    text("# HELP a", "help a ");
    text("#\tTYPE\ta\tgauge\n", "type a gauge");
    text("# a comment\n#HELP a no\n# HELPER\n#\na 1", "a{} 1");
    text("a 1\n# HELP a late", "a{} 1", "help a late");
    open("# TYPE a_s unknown\n# UNIT a_s s\n", "type a_s unknown", "unit a_s s");
    textRefused("# TYPE a Counter", "1:10: invalid metric type \"Counter\"");
    textRefused("# TYPE a  counter", "1:10: invalid metric type \" counter\"");
    textRefused("# TYPE a unknown", "1:10: invalid metric type \"unknown\"");
    textRefused("# TYPE ", "1:8: expected a metric name, found the end of the text");
  }

  @Test
  void writesBoundsInOneForm() {
    text(
        "# TYPE h histogram\nh_bucket{le=\"1\"} 1\nh_bucket{le=\"5e-3\"} 1\nh_bucket{le=\"+inf\"} 1",
        "type h histogram",
        "h_bucket{le=\"1.0\"} 1",
        "h_bucket{le=\"0.005\"} 1",
        "h_bucket{le=\"+Inf\"} 1");
    text(
        "# TYPE s summary\ns{quantile=\"0.50\",le=\"1\"} 1",
        "type s summary",
        "s{le=\"1\", quantile=\"0.5\"} 1");
  }

  @Test
  void readsTimestampsAndExemplarsOfOpenMetrics() {
    open("a 1 1.5\n", "a{} 1 @1500");
    open("a 1 -1\n", "a{} 1 @-1000");
    open(
        "a_total 1 2 # {id=\"x\"} 0.5 3\n",
        "a_total{} 1 @2000 Exemplar[labels={id=\"x\"}, value=0.5, timestampSeconds=3.0]");
    open(
        "a_total 1 # {} 0.5\n",
        "a_total{} 1 Exemplar[labels={}, value=0.5, timestampSeconds=null]");
  }

  @Test
  void refusesWhatIsNoText() {
    textRefused("a", "1:2: expected a value, found the end of the text");
    textRefused("a \nb 1", "1:3: expected a value, found the end of the line");
    textRefused(
        "a 1\r\n",
        "1:4: expected the end of the line, found a carriage return (lines must end with a line feed alone)");
    textRefused("\ufeffa 1", "1:1: expected a metric name, found a byte order mark");
    textRefused("\0", "1:1: expected a metric name, found a NUL byte");
    textRefused("x 1\n\0", "2:1: expected a metric name, found a NUL byte");
    textRefused("a{b} 1", "1:4: expected \"=\" after the label name, found \"}\"");
    textRefused("a{b=1} 1", "1:5: expected label value in quotes, found \"1}\"");
    textRefused("a{b=\"1} 1\nc 1", "1:5: the quote of this label value is not closed");
    textRefused("a{b=\"\\", "1:5: the quote of this label value is not closed");
    textRefused(
        "a{b=\"1\",,c=\"2\"} 1",
        "1:9: expected a label name, found \",,c=\"2\"}\"".replace(",,", ","));
    textRefused("a{b=\"1\",b=\"2\"} 1", "1:1: label name \"b\" is not unique");
    textRefused("a{__name__=\"b\"} 1", "1:1: label name \"__name__\" is not unique");
    textRefused("<html>", "1:1: expected a metric name, found \"<html>\"");
    textRefused("é 1\na.b 1", "1:1: expected a metric name, found \"é\"");
    textRefused("a{é=\"1\"} 1", "1:3: expected a label name, found \"é=\"1\"}\"");
    textRefused("a{x=\"é\"} z", "1:10: value \"z\" is not a number");
  }

  @Test
  void refusesOtherNotationsOfNumbers() {
    for (String number :
        List.of(
            "0x1p3", "0x1", "1_000", "1e", "1d", "1f", "--1", ".", "e5", "1e400", "infin",
            "+nan")) {
      assertThatThrownBy(() -> read("a " + number, ExpositionFormat.PROMETHEUS_TEXT))
          .as(number)
          .hasMessageStartingWith("1:3: value \"");
    }
    textRefused("a " + "1".repeat(600), "1:3: value number of 600 characters, the limit is 512");
    for (String time : List.of("-1", "1.5", "NaN", "99999999999999999999", "1s")) {
      textRefused(
          "a 1 " + time, "1:5: expected a timestamp in whole milliseconds, found \"" + time + '"');
    }
    textRefused("a 1 2 3", "1:7: expected the end of the line, found \"3\"");
  }

  @Test
  void refusesInvalidUtf8() {
    byte[] bytes = "a{x=\"?\"} 1".getBytes(StandardCharsets.UTF_8);
    bytes[5] = (byte) 0xff;
    assertThatThrownBy(() -> read(bytes, ExpositionFormat.PROMETHEUS_TEXT))
        .hasMessage("1:6: this label value is not valid UTF-8");
  }

  @Test
  void refusesTextAsOpenMetrics() {
    openRefused("a 1\n", "2:1: the text does not end with \"# EOF\"");
    openRefused("a 1\n\n# EOF\n", "2:1: expected a metric name, found the end of the line");
    openRefused(
        "# a comment\n# EOF\n",
        "1:1: expected # HELP, # TYPE, # UNIT or # EOF: OpenMetrics has no other comments");
    openRefused("a  1\n# EOF\n", "1:3: expected a value, found \" 1\"");
    openRefused("a 1 \n# EOF\n", "1:5: expected a timestamp, found the end of the line");
    openRefused("a 1\n# EOF\nb 1\n", "3:1: expected nothing after \"# EOF\", found \"b\"");
    openRefused("a 1 NaN\n# EOF\n", "1:5: a timestamp must be a finite number");
  }

  @Test
  void survivesAMillionEmptyLinesAndALineOfTenMegabytes() {
    text("\n".repeat(1_000_000) + "a 1", "a{} 1");
    String value = "x".repeat(10_000_000);
    assertThat(read("a{b=\"" + value + "\"} 1", ExpositionFormat.PROMETHEUS_TEXT).getFirst())
        .hasSize(value.length() + 9);
  }

  @Test
  void endsWithAnEntryOrADeclaredExceptionForEveryMutation() {
    String seed =
        "# HELP a b\n# TYPE a histogram\na_bucket{le=\"1\",x=\"\\n\"} 1.5e3 17 # {t=\"1\"} 1\n{\"q\"} 2\n# EOF\n";
    Seeds.check(
        3_000,
        number -> {
          Random random = new Random(number);
          byte[] bytes = seed.getBytes(StandardCharsets.UTF_8);
          for (int i = 0; i <= random.nextInt(4); i++) {
            String alphabet = "{}\"\\\n\r\0#=, \té_1aE.";
            bytes[random.nextInt(bytes.length)] =
                (byte) alphabet.charAt(random.nextInt(alphabet.length()));
          }
          for (ExpositionFormat format : ExpositionFormat.values()) {
            try {
              read(bytes, format);
            } catch (ExpositionException refused) {
              assertThat(refused.line()).isBetween(1, 20);
            }
          }
        });
  }
}
