package dev.sightline.wire.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.model.label.Labels;
import dev.sightline.model.series.SampleColumns;
import dev.sightline.model.series.Staleness;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleTextTest {
  private static List<String> read(SampleText format, String text) {
    List<String> read = new ArrayList<>();
    format.read(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
        (labels, timestampMs, value) -> read.add(labels + " " + timestampMs + " " + value));
    return read;
  }

  private static void fails(SampleText format, String text, String message) {
    assertThatThrownBy(() -> read(format, text))
        .as(text)
        .isInstanceOf(SampleTextException.class)
        .hasMessageContaining(message);
  }

  @Test
  void readsOpenMetrics() {
    assertThat(
            read(
                SampleText.OPEN_METRICS,
                "# TYPE a counter\n# HELP a b\na_total{x=\"ü\"} 1 0.001\na_total{x=\"ü\"} 2 1.5\n# EOF\n"))
        .containsExactly(
            "{__name__=\"a_total\", x=\"ü\"} 1 1.0", "{__name__=\"a_total\", x=\"ü\"} 1500 2.0");
    fails(SampleText.OPEN_METRICS, "a 1\n# EOF\n", "{__name__=\"a\"} has no time");
    fails(SampleText.OPEN_METRICS, "a 1 1\n", "does not end with");
    fails(SampleText.OPEN_METRICS, "a 1 1\n# EOF\nb 1 1\n", "line 3");
    fails(SampleText.OPEN_METRICS, "a{ 1 1\n# EOF\n", "from line 1");
  }

  /// More than is read at a time, with a family that goes over the border.
  @Test
  void readsALongText() {
    StringBuilder text = new StringBuilder("# TYPE h histogram\n");
    for (int i = 0; i < 60_000; i++) {
      text.append("h_bucket{le=\"1.0\"} ").append(i).append(' ').append(i).append(".5\n");
    }
    List<String> read = read(SampleText.OPEN_METRICS, text + "# EOF\n");
    assertThat(read).hasSize(60_000);
    assertThat(read.getLast()).isEqualTo("{__name__=\"h_bucket\", le=\"1.0\"} 59999500 59999.0");
  }

  @Test
  void readsWhatItWrites() throws IOException {
    Labels labels = Labels.of("__name__", "a.b", "x", "ü\"\\\n,{}", "le", "0.5");
    SampleColumns samples = new SampleColumns();
    samples.add(-1, -0.0);
    samples.add(1_700_000_000_001L, 1e-7);
    samples.add(1_700_000_000_002L, Staleness.MARKER);
    samples.add(1_700_000_000_003L, Double.NEGATIVE_INFINITY);
    for (SampleText format : SampleText.values()) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      SampleTextWriter writer = SampleTextWriter.of(format, List.of(labels), out);
      writer.series(labels, samples);
      writer.finish();
      assertThat(read(format, out.toString(StandardCharsets.UTF_8)))
          .as("%s", format)
          .containsExactly(
              labels + " -1 -0.0",
              labels + " 1700000000001 1.0E-7",
              labels + " 1700000000003 -Infinity");
    }
  }

  @Test
  void readsCsv() {
    assertThat(
            read(
                SampleText.CSV,
                "time,value,__name__,job\n1700000000000,1,up,a\n2023-11-14T22:13:20.5Z,NaN,up,\n"))
        .containsExactly(
            "{__name__=\"up\", job=\"a\"} 1700000000000 1.0",
            "{__name__=\"up\"} 1700000000500 NaN");
    assertThat(read(SampleText.CSV, "")).isEmpty();
    fails(SampleText.CSV, "time,value\n", "line 1 must name the columns");
    fails(SampleText.CSV, "time,value,__name__\n1,2\n", "line 2 has 2 cells; line 1 has 3");
    fails(SampleText.CSV, "time,value,__name__\nnow,2,a\n", "line 2: time must be");
    fails(SampleText.CSV, "time,value,__name__\n1,0x1,a\n", "line 2: value must be");
  }

  @Test
  void readsJsonLines() {
    assertThat(
            read(
                SampleText.JSON_LINES,
                "{\"metric\":{\"__name__\":\"up\"},\"values\":[1,\"+Inf\",2.5],\"timestamps\":[1,2,3]}\n\n"
                    + "{\"other\":[{}],\"metric\":{\"__name__\":\"b\"},\"values\":[],\"timestamps\":[]}"))
        .containsExactly(
            "{__name__=\"up\"} 1 1.0", "{__name__=\"up\"} 2 Infinity", "{__name__=\"up\"} 3 2.5");
    fails(SampleText.JSON_LINES, "{}\n[]", "line 2: must be an object");
    fails(
        SampleText.JSON_LINES, "{\"values\":[1],\"timestamps\":[]}", "1 values, and 0 timestamps");
    fails(SampleText.JSON_LINES, "{\"values\":[\"x\"],\"timestamps\":[1]}", "line 1: a value must");
    fails(
        SampleText.JSON_LINES, "{\"values\":[1],\"timestamps\":[1.5]}", "whole Unix milliseconds");
    fails(SampleText.JSON_LINES, "{\"metric\":", "line 1");
  }
}
