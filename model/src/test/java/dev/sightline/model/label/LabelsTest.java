package dev.sightline.model.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LabelsTest {
  @Test
  void sortsByNameAndLeavesOutEmptyValues() {
    Labels labels = Labels.of("job", "node", "__name__", "up", "zone", "", "env", "prod");
    assertThat(labels.toList())
        .containsExactly(
            new Label("__name__", "up"), new Label("env", "prod"), new Label("job", "node"));
    assertThat(labels.metricName()).isEqualTo("up");
    assertThat(labels.get("zone")).isEmpty();
  }

  @Test
  void refusesANameTwice() {
    assertThatThrownBy(() -> Labels.of("a", "1", "a", "2"))
        .hasMessage("label name \"a\" is not unique");
  }

  @Test
  void ordersLikePrometheus() {
    List<Labels> sorted =
        List.of(
            Labels.EMPTY,
            Labels.of("a", "1"),
            Labels.of("a", "1", "b", "1"),
            Labels.of("a", "2"),
            Labels.of("b", "\uFF5E"),
            Labels.of("b", "\uD83D\uDE00"));
    assertThat(sorted.reversed().stream().sorted().toList()).isEqualTo(sorted);
  }

  @Test
  void changesAreNewSets() {
    Labels labels = Labels.of("a", "1", "b", "2");
    assertThat(labels.with("b", "3")).isEqualTo(Labels.of("a", "1", "b", "3"));
    assertThat(labels.with("b", "")).isEqualTo(Labels.of("a", "1"));
    assertThat(labels.without("a", "b")).isEqualTo(Labels.EMPTY);
    assertThat(labels.keeping(List.of("b", "c"))).isEqualTo(Labels.of("b", "2"));
    assertThat(labels)
        .isEqualTo(Labels.of("b", "2", "a", "1"))
        .hasSameHashCodeAs(Labels.of("b", "2", "a", "1"));
  }

  @Test
  void printsWithQuotesEscaped() {
    assertThat(Labels.of("path", "C:\\\"x\"\n")).hasToString("{path=\"C:\\\\\\\"x\\\"\\n\"}");
  }
}
