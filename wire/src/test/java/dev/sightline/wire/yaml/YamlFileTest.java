package dev.sightline.wire.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class YamlFileTest {
  @TempDir Path directory;

  private YamlNode parse(String text) {
    return new YamlFile("sightline.yml", directory, Map.of("TOKEN", "from-env")::get).parse(text);
  }

  private void fails(String text, String message) {
    assertThatThrownBy(
            () -> {
              try (YamlMap map = parse(text).asMap()) {
                map.map("server").text("listen", "");
                map.duration("retention", Duration.ZERO);
                map.bool("on", false);
                map.number("n", 0);
                map.secret("token");
              }
            })
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void readsTypedValues() {
    YamlMap map =
        parse("{retention: 1h30m, on: yes, n: 7, list: [a, b], server: {listen: ':1'}, empty: }")
            .asMap();
    assertThat(map.duration("retention", Duration.ZERO)).isEqualTo(Duration.ofMinutes(90));
    assertThat(map.bool("on", false)).isTrue();
    assertThat(map.number("n", 0)).isEqualTo(7);
    assertThat(map.need("list").asTexts()).containsExactly("a", "b");
    assertThat(map.map("server").text("listen", "")).isEqualTo(":1");
    assertThat(map.text("empty", "default")).isEqualTo("default");
    map.close();
  }

  @Test
  void namesThePlaceOfAFault() {
    fails("retension: 15d", "sightline.yml:1:1: has an unknown key \"retension\"; did you mean");
    fails("retention: 15 days", "sightline.yml:1:12: retention must be a duration");
    fails("n: 1\non: maybe", "sightline.yml:2:5: on must be true or false, not \"maybe\"");
    fails("n: [1]", "sightline.yml:1:4: n must be a text, not a list");
    fails("n: 1\nn: 2", "sightline.yml:2:1: ");
    fails("server: [a]", "sightline.yml:1:9: server must be a map, not a list");
    fails("a: b: c", "sightline.yml:1:5: ");
    fails("\tn: 1", "sightline.yml:1:1: ");
    fails("token: ${NOPE}", "sightline.yml:1:8: token names the environment variable NOPE");
    fails("token: a\ntoken_file: b", "sightline.yml:2:13: token_file must not stand beside token");
  }

  @Test
  void findsSecretsInFilesAndInTheEnvironment() throws Exception {
    Files.writeString(directory.resolve("t"), "from-file\n");
    assertThat(parse("token: ${TOKEN}").asMap().secret("token")).isEqualTo(new Secret("from-env"));
    assertThat(parse("token_file: t").asMap().secret("token")).isEqualTo(new Secret("from-file"));
    assertThat(parse("a: b").asMap().secret("token")).isNull();
    assertThat(new Secret("hidden")).hasToString("<secret>");
  }

  @Test
  void refusesBombs() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 25; i++) {
      laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    fails(laughs.toString(), "sightline.yml:");
    fails("a: " + "[".repeat(20_000), "sightline.yml:1:53: nested deeper than 50 levels");
    fails("a: &a [*a]", "sightline.yml:1:");
    fails("a: \"" + "x".repeat(3_100_000) + "\"", "sightline.yml:1:1: is larger than the limit");
    assertThat(parse("a: !!javax.script.ScriptEngineManager [x]").asMap().list("a")).hasSize(1);
  }

  /// One line of the largest size took twenty seconds when the reader copied what it held again and
  /// again.
  @Test
  @Timeout(10)
  void readsLongLinesInOneGo() {
    String line = "x".repeat(2_900_000);
    assertThat(parse("a: \"" + line + "\"").asMap().text("a", "")).isEqualTo(line);
    assertThat(parse("a: " + line).asMap().text("a", "")).isEqualTo(line);
  }

  @Test
  void knowsEveryFormOfNothing() {
    for (String nothing : new String[] {"~", "null", "Null", "NULL", ""}) {
      assertThat(parse("a: " + nothing).asMap().text("a", "default")).isEqualTo("default");
      assertThat(parse("- " + nothing).asList().getFirst().isNull()).as(nothing).isTrue();
    }
    assertThat(parse("- '~'").asTexts()).containsExactly("~");
  }

  @Test
  void saysWhyAFileCannotBeRead() throws Exception {
    Path missing = directory.resolve("missing.yml");
    assertThatThrownBy(() -> YamlFile.read(missing))
        .hasMessage(missing + ":1:1: cannot be read: there is no such file");
    fails(
        "token_file: none",
        "sightline.yml:1:13: token_file names "
            + directory.resolve("none")
            + ", which cannot be read: there is no such file");
  }

  @Test
  void durationsAreReadAndWritten() {
    for (String text : new String[] {"15d", "1h30m", "1y", "2w", "500ms", "1d12h", "0s"}) {
      assertThat(DurationText.format(DurationText.parse(text))).isEqualTo(text);
    }
    for (String bad :
        new String[] {"", "1", "m", "1m1h", "-1s", "1.5h", "99999999999999y", "1s "}) {
      assertThatThrownBy(() -> DurationText.parse(bad)).as(bad).hasMessageContaining("must be");
    }
  }
}
