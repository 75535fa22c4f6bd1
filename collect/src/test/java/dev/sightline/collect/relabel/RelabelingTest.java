package dev.sightline.collect.relabel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.model.label.Labels;
import dev.sightline.model.label.WholeMatch;
import java.util.List;
import org.junit.jupiter.api.Test;

class RelabelingTest {
  private static final Labels LABELS = Labels.of("a", "foo", "b", "bar", "c", "baz");

  private static RelabelRule rule(
      RelabelAction action, List<String> source, String regex, String target, String replacement) {
    return RelabelRule.of(action, source, regex, target, replacement);
  }

  private static RelabelRule replace(String source, String regex, String target, String text) {
    return rule(RelabelAction.REPLACE, List.of(source), regex, target, text);
  }

  private static void check(Labels want, Labels given, RelabelRule... rules) {
    assertThat(Relabeling.apply(List.of(rules), given)).isEqualTo(want);
  }

  private static void dropped(RelabelRule... rules) {
    assertThat(Relabeling.apply(List.of(rules), LABELS)).isNull();
  }

  @Test
  void replaces() {
    check(LABELS.with("d", "foo"), LABELS, replace("a", "(.*)", "d", "$1"));
    check(LABELS.with("d", "chfoo"), LABELS, replace("a", "f(.*)", "d", "chf$1"));
    check(LABELS, LABELS, replace("a", "o(.*)", "d", "$1"));
    check(LABELS.with("d", "x"), LABELS, replace("missing", "", "d", "x"));
    check(LABELS.with("a", ""), LABELS, replace("a", "(foo)", "a", ""));
    check(
        LABELS.with("d", "bar-foo"),
        LABELS,
        rule(RelabelAction.REPLACE, List.of("a", "b"), "(.*);(.*)", "d", "$2-$1"));
  }

  @Test
  void namesTheTargetByGroups() {
    check(LABELS.with("label_foo", "1"), LABELS, replace("a", "(.*)", "label_$1", "1"));
    check(LABELS, LABELS, replace("a", "(.*)", "${2}", "1"));
  }

  @Test
  void expandsAsGoDoes() {
    check(LABELS.with("d", "foo!"), LABELS, replace("a", "(?P<word>.*)", "d", "${word}!"));
    check(LABELS.with("d", "foo_"), LABELS, replace("a", "(.*)", "d", "$1x${1}_"));
    check(LABELS.with("d", "$foo$"), LABELS, replace("a", "(.*)", "d", "$$${1}$"));
    check(LABELS.with("d", "${"), LABELS, replace("a", "(.*)", "d", "${"));
    check(LABELS.with("d", "foo"), LABELS, replace("a", "(.*)", "d", "$9${0}"));
  }

  @Test
  void keepsAndDrops() {
    check(LABELS, LABELS, rule(RelabelAction.KEEP, List.of("a"), "fo+", "", ""));
    dropped(rule(RelabelAction.KEEP, List.of("a"), "f", "", ""));
    check(LABELS, LABELS, rule(RelabelAction.DROP, List.of("a"), "oo", "", ""));
    dropped(rule(RelabelAction.DROP, List.of("a", "b"), "foo;bar", "", ""));
    check(LABELS, LABELS.with("d", "foo"), rule(RelabelAction.LABELDROP, List.of(), "d", "", ""));
    dropped(rule(RelabelAction.KEEPEQUAL, List.of("a"), "(.*)", "b", ""));
    check(LABELS, LABELS, rule(RelabelAction.DROPEQUAL, List.of("a"), "(.*)", "b", ""));
    check(
        LABELS.with("d", "foo"),
        LABELS.with("d", "foo"),
        rule(RelabelAction.KEEPEQUAL, List.of("a"), "(.*)", "d", ""));
  }

  @Test
  void mapsAndRemovesNames() {
    check(
        LABELS.with("x_a", "foo").with("x_b", "bar"),
        LABELS,
        rule(RelabelAction.LABELMAP, List.of(), "(a|b)", "", "x_$1"));
    check(Labels.of("c", "baz"), LABELS, rule(RelabelAction.LABELDROP, List.of(), "a|b", "", ""));
    check(Labels.of("c", "baz"), LABELS, rule(RelabelAction.LABELKEEP, List.of(), "c", "", ""));
  }

  @Test
  void changesCase() {
    Labels mixed = Labels.of("a", "FooÄ");
    check(
        mixed.with("low", "fooä").with("up", "FOOÄ"),
        mixed,
        rule(RelabelAction.LOWERCASE, List.of("a"), "(.*)", "low", ""),
        rule(RelabelAction.UPPERCASE, List.of("a"), "(.*)", "up", ""));
  }

  @Test
  void hashesIntoShards() {
    RelabelRule shards =
        new RelabelRule(
            RelabelAction.HASHMOD, List.of("c"), ";", WholeMatch.of("(.*)"), 1000, "d", "");
    check(LABELS.with("d", "976"), LABELS, shards);
  }

  @Test
  void stopsAtTheFirstRuleThatDrops() {
    dropped(
        replace("a", "(.*)", "d", "gone"),
        rule(RelabelAction.DROP, List.of("d"), "gone", "", ""),
        rule(RelabelAction.KEEP, List.of("missing"), "x", "", ""));
  }
}
