package dev.sightline.wire.serving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.model.prediction.Datum;
import org.junit.jupiter.api.Test;

class SelectorTest {
  private static final Datum VALUE =
      JsonDatum.read(
          """
          {"results": [{"label": "a", "p": [0.1, 0.9]}, {"label": "b"}, 3],
           "by": {"x": {"n": 1}, "y": {"n": 2}},
           "a/b": {"c~d": 5}, "": 6, "0": 7}
          """
              .getBytes(UTF_8));

  private static void check(String selector, String want) {
    Datum selected = Selector.parse(selector).select(VALUE);
    assertThat(selected == null ? "nothing" : DatumText.of(selected)).isEqualTo(want);
  }

  @Test
  void selectsByPointer() {
    check("/results/0/label", "\"a\"");
    check("/results/0/p/1", "0.9");
    check("/results/2", "3.0");
    check("/results/3", "nothing");
    check("/results/-1", "nothing");
    check("/results/99999999999", "nothing");
    check("/results/label", "nothing");
    check("/results/0/label/more", "nothing");
    check("/a~1b/c~0d", "5.0");
    check("/", "6.0");
    check("/0", "7.0");
  }

  @Test
  void aStarSelectsEach() {
    check("/results/*/label", "[\"a\", \"b\", missing]");
    check("/by/*/n", "[1.0, 2.0]");
    check("/results/*/p/*", "[[0.1, 0.9], missing, missing]");
    check("/by/x/n/*", "nothing");
  }

  @Test
  void selectsByNamesWithDots() {
    check("by.x.n", "1.0");
    check("results.0.label", "\"a\"");
    assertThat(Selector.parse(".").select(VALUE)).isSameAs(VALUE);
  }

  @Test
  void whatIsNoSelectorIsRefused() {
    assertThatThrownBy(() -> Selector.parse("/a~b")).hasMessageContaining("~0");
    assertThatThrownBy(() -> Selector.parse("/a~")).hasMessageContaining("~0");
    assertThatThrownBy(() -> Selector.parse("a..b")).hasMessageContaining("empty name");
    assertThatThrownBy(() -> Selector.parse("/a".repeat(33))).hasMessageContaining("32");
  }
}
