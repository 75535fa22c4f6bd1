package dev.sightline.model.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MatcherTest {
  private static void check(MatchOperator operator, String value, String labelValue, boolean want) {
    assertThat(new Matcher("l", operator, value).matches(labelValue))
        .as("%s %s %s", labelValue, operator.sign(), value)
        .isEqualTo(want);
  }

  @Test
  void comparesWholeValues() {
    check(MatchOperator.EQUAL, "a", "a", true);
    check(MatchOperator.EQUAL, "a", "ab", false);
    check(MatchOperator.NOT_EQUAL, "a", "", true);
    check(MatchOperator.REGEX, "a", "ab", false);
    check(MatchOperator.REGEX, "a.*", "ab", true);
    check(MatchOperator.REGEX, "a.+", "a", false);
    check(MatchOperator.REGEX, "a|b", "b", true);
    check(MatchOperator.REGEX, "a|b", "ab", false);
    check(MatchOperator.REGEX, "", "", true);
    check(MatchOperator.REGEX, ".*", "a\nb", true);
    check(MatchOperator.REGEX, ".b|(?i)C", "c", true);
    check(MatchOperator.REGEX, "5..", "5\n0", true);
    check(MatchOperator.NOT_REGEX, "4..|5..", "503", false);
    check(MatchOperator.NOT_REGEX, ".+", "", true);
  }

  @Test
  void refusesPatternsThatWouldExhaustTheCompiler() {
    assertThatThrownBy(() -> WholeMatch.of("(".repeat(20_000) + ")".repeat(20_000)))
        .isInstanceOf(BadPatternException.class)
        .hasMessageContaining("limit is 4096");
    assertThatThrownBy(() -> WholeMatch.of("(".repeat(200) + "a" + ")".repeat(200)))
        .isInstanceOf(BadPatternException.class)
        .hasMessageContaining("deeper than 100");
    assertThatThrownBy(() -> WholeMatch.of("((a{0,100}){0,100}){0,100}"))
        .isInstanceOf(BadPatternException.class)
        .hasMessageContaining("repeats more than 1000");
    assertThatThrownBy(() -> WholeMatch.of("a)(b")).isInstanceOf(BadPatternException.class);
    assertThatThrownBy(() -> WholeMatch.of("a(b")).hasMessageContaining("\"a(b\"");
  }
}
