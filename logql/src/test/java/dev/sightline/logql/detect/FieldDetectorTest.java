package dev.sightline.logql.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.model.label.Labels;
import dev.sightline.model.query.LogAnswer.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;

class FieldDetectorTest {
  private static final Labels STREAM = Labels.of("app", "scorer");

  private final FieldDetector detector = new FieldDetector(8);

  private void line(String line, Labels metadata, Labels parsed) {
    detector.add(new Entry(STREAM, metadata, parsed, 0, line));
  }

  private void line(String line) {
    line(line, Labels.EMPTY, Labels.EMPTY);
  }

  private List<String> found() {
    return detector.fields().stream()
        .map(
            field ->
                field.label()
                    + " "
                    + field.type()
                    + " "
                    + field.parsers()
                    + field.jsonPath()
                    + field.values())
        .toList();
  }

  @Test
  void jsonIsFoundWithTheWayToEachValue() {
    line("{\"http\":{\"status\":200,\"path\":\"/a\"},\"ok\":true,\"tags\":[1,2]}");
    line("{\"http\":{\"status\":404,\"path\":\"/b\"},\"ok\":false}");
    assertThat(found())
        .containsExactly(
            "http_path STRING [json][http, path][/a, /b]",
            "http_status INT [json][http, status][200, 404]",
            "ok BOOLEAN [json][ok][false, true]");
  }

  @Test
  void logfmtIsFoundWithTheNarrowestTypeThatAllValuesHave() {
    line("took=12ms size=1KB n=1 score=1 note=\"a b\"");
    line("took=1m3s size=20MB n=2 score=0.5 note=");
    assertThat(found())
        .containsExactly(
            "n INT [logfmt][][1, 2]",
            "note STRING [logfmt][][a b]",
            "score FLOAT [logfmt][][0.5, 1]",
            "size BYTES [logfmt][][1KB, 20MB]",
            "took DURATION [logfmt][][12ms, 1m3s]");
  }

  @Test
  void whatTheStreamHasGetsAnotherName() {
    line("app=other", Labels.of("app", "third"), Labels.EMPTY);
    assertThat(found()).containsExactly("app_extracted STRING [logfmt][][other, third]");
  }

  @Test
  void whatLiesBesideTheLineNeedsNoParser() {
    line("no fields here", Labels.of("request_id", "r1"), Labels.of("set", "5"));
    assertThat(found()).containsExactly("request_id STRING [][][r1]", "set INT [][][5]");
  }

  @Test
  void brokenTextHasNoFields() {
    line("{\"a\":1");
    line("{\"a\":1} trailing");
    line("he said \"x=1");
    line("");
    assertThat(found()).isEmpty();
  }

  @Test
  void fieldsBeyondTheLimitAreLeftOut() {
    line("a=1 b=1 c=1 d=1 e=1 f=1 g=1 h=1 i=1 j=1");
    assertThat(found()).hasSize(8);
  }
}
