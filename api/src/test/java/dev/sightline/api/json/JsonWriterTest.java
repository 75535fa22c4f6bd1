package dev.sightline.api.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.model.series.ValueText;
import dev.sightline.testkit.Seeds;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
  private static String written(JsonBody body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JsonWriter json = new JsonWriter(bytes);
    body.writeTo(json);
    json.flush();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static void check(JsonBody body, String want) {
    assertThat(written(body)).isEqualTo(want);
  }

  @Test
  void setsCommasBetweenValuesAndFields() {
    check(j -> j.beginArray().endArray(), "[]");
    check(j -> j.beginArray().value(1).value("a").value(true).endArray(), "[1,\"a\",true]");
    check(
        j ->
            j.beginObject()
                .name("a")
                .beginArray()
                .nullValue()
                .beginObject()
                .endObject()
                .endArray()
                .name("b")
                .value(2)
                .endObject(),
        "{\"a\":[null,{}],\"b\":2}");
    check(j -> j.value(1).newLine().value(2).newLine(), "1\n2\n");
  }

  @Test
  void escapesWhatJsonAsksFor() {
    check(j -> j.value("a\"b\\c\n\r\t\u0000\u001f"), "\"a\\\"b\\\\c\\n\\r\\t\\u0000\\u001f\"");
    check(j -> j.value("é€😀"), "\"é€😀\"");
    check(j -> j.value("half \uD83D"), "\"half \uFFFD\"");
    check(j -> j.value("\uDE00 half"), "\"\uFFFD half\"");
  }

  @Test
  void writesSampleValuesAsPrometheusDoes() {
    check(j -> j.quotedNumber(1), "\"1\"");
    check(j -> j.quotedNumber(-0.0), "\"-0\"");
    check(j -> j.quotedNumber(0.1 + 0.2), "\"0.30000000000000004\"");
    check(j -> j.quotedNumber(1e21), "\"1e+21\"");
    check(j -> j.quotedNumber(123456789012345678.0), "\"123456789012345680\"");
    check(j -> j.quotedNumber(1.5e-7), "\"1.5e-07\"");
    check(j -> j.quotedNumber(0.000001), "\"0.000001\"");
    check(j -> j.quotedNumber(Double.NaN), "\"NaN\"");
    check(j -> j.quotedNumber(Double.POSITIVE_INFINITY), "\"+Inf\"");
    check(j -> j.quotedNumber(Double.NEGATIVE_INFINITY), "\"-Inf\"");
    check(j -> j.quotedNumber(-1234.5), "\"-1234.5\"");
  }

  @Test
  void writesTimestampsAsSecondsWithThreeDigits() {
    check(j -> j.seconds(1435781430781L), "1435781430.781");
    check(j -> j.seconds(1435781430500L), "1435781430.500");
    check(j -> j.seconds(1435781430005L), "1435781430.005");
    check(j -> j.seconds(1435781430000L), "1435781430");
    check(j -> j.seconds(-1500), "-1.500");
    check(j -> j.seconds(-1), "-0.001");
  }

  @Test
  void everyDoubleIsReadBackUnchanged() {
    Seeds.check(
        2_000,
        seed -> {
          double number = Double.longBitsToDouble(new SplittableRandom(seed).nextLong());
          if (Double.isFinite(number)) {
            assertThat(Double.parseDouble(ValueText.forJson(number))).isEqualTo(number);
          }
        });
  }

  @Test
  void textsLongerThanTheBufferStayWhole() {
    String text = "añ😀\"".repeat(10_000);
    assertThat(written(j -> j.value(text))).isEqualTo('"' + text.replace("\"", "\\\"") + '"');
    assertThat(written(j -> j.value(Long.MIN_VALUE))).isEqualTo("-9223372036854775808");
    assertThat(written(j -> j.value(Long.MAX_VALUE))).isEqualTo("9223372036854775807");
  }
}
