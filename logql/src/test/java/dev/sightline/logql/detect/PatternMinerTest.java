package dev.sightline.logql.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.logql.parse.LogqlParser;
import dev.sightline.model.query.LinePattern;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PatternMinerTest {
  private static final long STEP_NS = 10;

  private final PatternMiner miner = new PatternMiner(20, 100, STEP_NS);

  private List<String> patterns() {
    return miner.patterns().stream()
        .map(pattern -> pattern.level() + "|" + pattern.pattern() + "|" + pattern.lines())
        .toList();
  }

  @Test
  void whatDiffersBecomesAHole() {
    miner.add(100, "info", "user anna has logged in from 10.0.0.1");
    miner.add(101, "info", "user bert has logged in from 10.0.0.2");
    miner.add(102, "info", "user carl has logged in from host.local");
    miner.add(103, "warn", "disk /data is full");
    miner.add(104, "info", "cache miss");
    assertThat(patterns())
        .containsExactly(
            "info|user <_> has logged in from <_>|3",
            "info|cache miss|1",
            "warn|disk /data is full|1");
  }

  @Test
  void levelsAreKeptApart() {
    miner.add(100, "info", "call to model took 12ms");
    miner.add(100, "warn", "call to model took 9000ms");
    assertThat(patterns())
        .containsExactly("info|call to model took <_>|1", "warn|call to model took <_>|1");
  }

  @Test
  void fieldsOfLogfmtAndJsonStayNamed() {
    miner.add(100, "", "level=info method=GET path=/a status=200");
    miner.add(100, "", "level=info method=PUT path=/b status=500");
    miner.add(100, "", "{\"level\":\"info\",\"user\":\"a\",\"took\":1.5}");
    miner.add(100, "", "{\"level\":\"info\",\"user\":\"b\",\"took\":2}");
    assertThat(patterns())
        .containsExactly(
            "|level=info method=<_> path=<_> status=<_>|2",
            "|{\"level\":\"info\",\"user\":\"<_>\",\"took\":<_>}|2");
  }

  @Test
  void linesAreCountedByTime() {
    miner.add(100, "", "ping");
    miner.add(109, "", "ping");
    miner.add(130, "", "ping");
    assertThat(miner.patterns())
        .containsExactly(
            new LinePattern(
                "ping", "", List.of(new LinePattern.Count(100, 2), new LinePattern.Count(130, 1))));
  }

  @Test
  void holesAreNeverSideBySideSoThatAFilterTakesThePattern() {
    Random random = new Random(7);
    String signs = "ab1 \"=,:(){}[]<>|_\0é";
    PatternMiner many = new PatternMiner(500, 0, 1);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder line = new StringBuilder();
      for (int n = random.nextInt(12); n >= 0; n--) {
        line.append(signs.charAt(random.nextInt(signs.length())));
      }
      many.add(0, "", line.toString());
    }
    List<LinePattern> found = many.patterns();
    assertThat(found.stream().mapToLong(LinePattern::lines).sum() + many.left()).isEqualTo(2_000);
    for (LinePattern pattern : found) {
      assertThat(pattern.pattern()).doesNotContain("<_><_>");
      if (pattern.pattern().contains("<_>")) {
        LogqlParser.parse("{a=\"b\"} |> " + quoted(pattern.pattern()));
      }
    }
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\0", "\\x00") + '"';
  }

  @Test
  void tooManyPatternsAndTooLongLinesAreLeftOut() {
    for (char c = 'a'; c <= 'z'; c++) {
      miner.add(100, "", String.valueOf(c));
    }
    miner.add(100, "", "x".repeat(5_000));
    assertThat(miner.patterns()).hasSize(20);
    assertThat(miner.left()).isEqualTo(7);
  }
}
