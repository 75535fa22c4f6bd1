package dev.sightline.quality.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.model.prediction.Datum;
import dev.sightline.quality.window.Window;
import dev.sightline.quality.window.Windows;
import dev.sightline.stats.measure.Averaging;
import dev.sightline.stats.measure.Measured;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Models that put items in order, from their rows to measures.
class RankingTest {
  private static final MeasureRules RULES = Rows.rules(Averaging.MACRO);

  private static Datum items(Object... items) {
    return new Datum.Items(Stream.of(items).map(RankingTest::item).toList());
  }

  private static Datum item(Object item) {
    return item instanceof Number number
        ? new Datum.Amount(number.doubleValue())
        : new Datum.Text(item.toString());
  }

  /// @param pairs names and numbers by turns
  private static Datum fields(Object... pairs) {
    Map<String, Datum> fields = new LinkedHashMap<>();
    for (int each = 0; each < pairs.length; each += 2) {
      fields.put((String) pairs[each], new Datum.Amount(((Number) pairs[each + 1]).doubleValue()));
    }
    return new Datum.Fields(fields);
  }

  private static Performance performance(Rows rows, MeasureRules rules) {
    return rows.queries("ranking").performance(Rows.everything(), rules, Rows.deadline());
  }

  private static WindowScores scores(Datum output, Datum truth) {
    return performance(new Rows().add(output, truth, Map.of()), RULES).windows().getFirst();
  }

  @Test
  void allFormsOfTheSameRankingAreMeasuredTheSame() {
    double want = (1 / Math.log(3) + 1 / Math.log(4)) / (1 / Math.log(2) + 1 / Math.log(3));
    List<Datum> outputs =
        List.of(
            items("a", "b", "c"),
            fields("b", 0.5, "c", 0.1, "a", 0.9),
            new Datum.Items(List.of(fields("a", 3), fields("b", 2), fields("c", 1))));
    for (Datum output : outputs) {
      for (Datum truth : List.of(items("b", "c"), fields("c", 1, "b", 1, "a", 0))) {
        WindowScores found = scores(output, truth);
        assertThat(Rows.value(found, "ndcg_3")).isCloseTo(want, within(1e-12));
        assertThat(Rows.value(found, "mrr")).isEqualTo(0.5);
        assertThat(Rows.value(found, "map_3")).isCloseTo((0.5 + 2.0 / 3) / 2, within(1e-12));
        assertThat(Rows.value(found, "hit_rate_1")).isZero();
        assertThat(Rows.value(found, "precision_3")).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(Rows.value(found, "recall_3")).isEqualTo(1);
      }
    }
  }

  @Test
  void anItemIsTheSameAsTextAndAsNumber() {
    WindowScores found = scores(items(7, 8), new Datum.Text("8"));
    assertThat(Rows.value(found, "mrr")).isEqualTo(0.5);
    assertThat(Rows.value(scores(items("7", "8"), new Datum.Amount(7)), "mrr")).isEqualTo(1);
  }

  @Test
  void whatIsRelevantAndNotInTheListIsMissed() {
    WindowScores found = scores(items("a", "x"), fields("a", 1, "b", 3));
    assertThat(Rows.value(found, "recall_10")).isEqualTo(0.5);
    assertThat(Rows.value(found, "ndcg_10"))
        .isCloseTo(1 / (3 + Math.log(2) / Math.log(3)), within(1e-12));
    // Places behind the list are not relevant.
    assertThat(Rows.value(found, "precision_10")).isEqualTo(0.1);
  }

  @Test
  void anItemCountsWhereItStandsFirst() {
    WindowScores found = scores(items("a", "a", "b"), items("a", "b"));
    assertThat(Rows.value(found, "precision_3")).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(Rows.value(found, "recall_1")).isEqualTo(0.5);
  }

  @Test
  void listsWithoutAnythingRelevantHaveOnlyAPrecision() {
    Rows rows = new Rows();
    rows.add(items("a"), items(), Map.of());
    rows.add(items("a"), items("a"), Map.of());
    rows.add(items(), items("a"), Map.of());
    WindowScores found = performance(rows, RULES).windows().getFirst();
    assertThat(found.labelled()).isEqualTo(3);
    assertThat(found.measures().get("hit_rate_1").n()).isEqualTo(2);
    assertThat(Rows.value(found, "hit_rate_1")).isEqualTo(0.5);
    assertThat(Rows.value(found, "precision_1")).isCloseTo(1.0 / 3, within(1e-12));
  }

  @Test
  void whatIsNoRankingIsLeftOutAloud() {
    Rows rows = new Rows();
    rows.add(items("a"), items("a"), Map.of());
    rows.add(new Datum.Text("a"), items("a"), Map.of());
    rows.add(items("a"), fields("a", -1), Map.of());
    rows.add(items("a"), null, Map.of());
    Performance found = performance(rows, RULES);
    assertThat(found.windows().getFirst().n()).isEqualTo(4);
    assertThat(found.windows().getFirst().labelled()).isEqualTo(1);
    assertThat(found.notes()).singleElement().asString().startsWith("2 labelled rows are left out");
  }

  @Test
  void placesAreChosenAndSaid() {
    Rows rows = new Rows().add(items("a", "b"), items("b"), Map.of());
    MeasureRules two =
        new MeasureRules(Averaging.MACRO, 1, null, MeasureVariants.USUAL.withPlaces(List.of(2, 7)));
    Performance found = performance(rows, two);
    assertThat(found.task()).isEqualTo(Task.RANKING);
    assertThat(found.variants().places()).containsExactly(2, 7);
    assertThat(found.windows().getFirst().measures())
        .containsKeys("ndcg_2", "ndcg_7", "mrr", "map_7")
        .doesNotContainKeys("ndcg_10", "mrr_2");
    assertThat(performance(rows, RULES).variants().places()).containsExactly(1, 3, 5, 10);
  }

  @Test
  void thatListsAreRankedIsSeenFromTheRows() {
    Rows rows = new Rows().add(items("a", "b"), items("b"), Map.of());
    Performance found = rows.queries().performance(Rows.everything(), RULES, Rows.deadline());
    assertThat(found.task()).isEqualTo(Task.RANKING);
  }

  /// Rankings of ten items with one relevant, the better the higher the skill.
  private static void add(Rows rows, int count, double skill, long timeMs, String version) {
    Random random = new Random(version.hashCode() + timeMs);
    for (int row = 0; row < count; row++) {
      Map<String, Datum> scored = new LinkedHashMap<>();
      for (int item = 0; item < 10; item++) {
        double score = random.nextGaussian() + (item == 0 ? skill : 0);
        scored.put("item" + item, new Datum.Amount(score));
      }
      rows.add(
          timeMs,
          new Datum.Fields(scored),
          new Datum.Text("item0"),
          0,
          Map.of(),
          Map.of("v", new Datum.Text(version), "country", new Datum.Text("c" + version)));
    }
  }

  @Test
  void segmentsAreTestedAndTheWorstComesFirst() {
    Rows rows = new Rows();
    add(rows, 200, 2, 1, "1");
    add(rows, 100, 0, 1, "2");
    Segments found =
        rows.queries("ranking")
            .segments(Rows.everything(), RULES, List.of("country"), null, 50, Rows.deadline());
    assertThat(found.measure()).isEqualTo("ndcg_10");
    assertThat(found.segments().getFirst().labels()).containsEntry("country", "c2");
    assertThat(found.segments().getFirst().pValue()).isLessThan(1e-6);
    Measured.Known value = (Measured.Known) found.segments().getFirst().value();
    assertThat(value.interval()).isNotNull();
    assertThatThrownBy(
            () ->
                rows.queries("ranking")
                    .segments(
                        Rows.everything(), RULES, List.of("v"), "ndcg_4", 50, Rows.deadline()))
        .hasMessageContaining("there is no measure \"ndcg_4\" of ranking; there are ndcg_1");
  }

  @Test
  void versionsAreComparedAndChangesTakenApart() {
    Rows rows = new Rows();
    add(rows, 200, 2, 5, "1");
    add(rows, 200, 0, 25, "2");
    VersionComparison versions =
        rows.queries("ranking").comparison(Rows.everything(), RULES, "1", "2", Rows.deadline());
    assertThat(versions.measures().get("ndcg_10").comparison().pValue()).isLessThan(1e-6);
    Windows windows = Windows.pair(new Window(0, 10, false), new Window(20, 30, false));
    Change change =
        rows.queries("ranking")
            .change(
                Rows.everything().in(windows), RULES, "mrr", List.of("country"), Rows.deadline());
    double before = ((Measured.Known) change.before()).value();
    double after = ((Measured.Known) change.after()).value();
    assertThat(change.difference()).isCloseTo(after - before, within(1e-12));
    assertThat(change.mix() + change.within()).isCloseTo(after - before, within(1e-12));
  }
}
