package dev.sightline.quality.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.query.QueryException;
import dev.sightline.quality.ModelRows;
import dev.sightline.quality.baseline.Aspect;
import dev.sightline.quality.baseline.BaselineStore;
import dev.sightline.quality.baseline.CsvTable;
import dev.sightline.quality.baseline.FeatureKind;
import dev.sightline.quality.baseline.FileTable;
import dev.sightline.quality.baseline.WindowBaselines;
import dev.sightline.quality.inputs.Together;
import dev.sightline.quality.rows.Condition;
import dev.sightline.quality.rows.Selection;
import dev.sightline.quality.rows.TimeOf;
import dev.sightline.quality.window.Window;
import dev.sightline.quality.window.Windows;
import dev.sightline.stats.column.SortedColumn;
import dev.sightline.stats.drift.Correction;
import dev.sightline.stats.drift.DriftCheck;
import dev.sightline.stats.drift.DriftMethod;
import dev.sightline.stats.drift.DriftOutcome;
import dev.sightline.stats.drift.DriftRule;
import dev.sightline.stats.drift.DriftScore;
import dev.sightline.stats.drift.FeaturePair;
import dev.sightline.stats.drift.MethodChoice;
import dev.sightline.stats.drift.Verdict;
import dev.sightline.storage.simulated.SimulatedFileSystem;
import dev.sightline.testkit.FakeClock;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DriftQueriesTest {
  private static final List<String> USUAL =
      List.of(
          "The breakfast was delicious and the host was kind",
          "The room was quiet and the bed was comfortable",
          "The train was late and the heating was broken",
          "The printer was easy to set up and works well");
  private static final List<String> STRANGE =
      List.of("LOL wtf!!! 10/10 mate", "Das Essen war köstlich", "C'était très très mauvais");

  private final ModelRows rows = new ModelRows();
  private final FakeClock clock = new FakeClock(10_000);
  private DriftOptions options = DriftOptions.DEFAULT;
  private final WindowBaselines baselines = rows.baselines();
  private final References references =
      new References(
          baselines,
          new BaselineStore(new SimulatedFileSystem(1), Path.of("/references")),
          () -> options,
          clock);
  private final DriftQueries queries = new DriftQueries(baselines, references, () -> options);
  private final Random random = new Random(4711);

  /// Times 0 to 999 are the reference, 5000 to 5999 the current window.
  private void fill(int count, boolean drifted) {
    for (int row = 0; row < count; row++) {
      String channel = random.nextInt(100) < (drifted ? 20 : 70) ? "web" : "app";
      String text =
          drifted
              ? STRANGE.get(random.nextInt(STRANGE.size()))
              : USUAL.get(random.nextInt(USUAL.size()));
      rows.add(
          (drifted ? 5_000 : 0) + row % 1_000,
          Map.of(
              "age",
              40 + 10 * random.nextGaussian(),
              "income",
              100 * random.nextGaussian() + (drifted ? 150 : 0),
              "channel",
              channel,
              "text",
              text + " " + row),
          random.nextBoolean() ? "yes" : "no",
          0.9,
          "yes");
    }
  }

  private static Selection current(Condition... conditions) {
    return new Selection(
        "m", null, List.of(conditions), Windows.whole(5_000, 6_000), TimeOf.PREDICTION);
  }

  private static Against rowsOfReference() {
    return new Against.Rows(new Window(0, 1_000, false), null);
  }

  private DriftReport drift(DriftRules rules, Condition... conditions) {
    return queries.drift(current(conditions), rowsOfReference(), rules, ModelRows.deadline());
  }

  private static FeatureDrift feature(DriftReport report, String name) {
    return report.features().stream()
        .filter(feature -> feature.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static DriftScore score(DriftReport report, String name) {
    return (DriftScore) feature(report, name).outcome();
  }

  @Test
  void whatMovedComesFirstAndWhatDidNotIsStable() {
    fill(400, false);
    fill(300, true);
    DriftReport report = drift(DriftRules.DEFAULT);
    assertThat(report.nReference()).isEqualTo(400);
    assertThat(report.nCurrent()).isEqualTo(300);
    List<String> drifted =
        report.features().stream()
            .filter(FeatureDrift::hasDrifted)
            .map(FeatureDrift::name)
            .toList();
    assertThat(drifted)
        .contains("income", "channel", "text", "text.rare_words", "text.length", "text.signs")
        .doesNotContain("age", "(output)", "(confidence)", "(truth)", "(error)");
    assertThat(report.features().subList(0, drifted.size())).allMatch(FeatureDrift::hasDrifted);
    assertThat(feature(report, "text.length").source()).isEqualTo("text");
    assertThat(feature(report, "(error)").aspect()).isEqualTo(Aspect.ERROR);
    assertThat(report.inputs().hasDrifted()).isTrue();
  }

  @Test
  void methodsAreEvidentlysByRowsOfTheReferenceAndKindOfFeature() {
    fill(400, false);
    fill(300, true);
    DriftReport small = drift(DriftRules.DEFAULT);
    assertThat(score(small, "income").method()).isEqualTo(DriftMethod.KS);
    assertThat(score(small, "channel").method()).isEqualTo(DriftMethod.Z);
    fill(700, false);
    DriftReport large = drift(DriftRules.DEFAULT);
    assertThat(score(large, "income").method()).isEqualTo(DriftMethod.WASSERSTEIN);
    assertThat(score(large, "channel").method()).isEqualTo(DriftMethod.JENSEN_SHANNON);
    DriftReport other = drift(DriftRules.DEFAULT.with(MethodChoice.NANNYML));
    assertThat(score(other, "channel").method()).isEqualTo(DriftMethod.JENSEN_SHANNON_2);
  }

  @Test
  void aScoreIsThatOfTheMathematicsOnTheSameRows() {
    List<Double> before = new ArrayList<>();
    List<Double> now = new ArrayList<>();
    for (int row = 0; row < 200; row++) {
      before.add(random.nextGaussian());
      now.add(random.nextGaussian() + 0.2);
      rows.add(row, Map.of("x", before.getLast()), "a");
      rows.add(5_000 + row, Map.of("x", now.getLast()), "a");
    }
    FeaturePair pair = new FeaturePair.Numeric(column(before), column(now));
    for (DriftMethod method : DriftMethod.values()) {
      if (!method.appliesTo(pair) || method == DriftMethod.Z || method == DriftMethod.FISHER) {
        continue;
      }
      DriftReport report = drift(DriftRules.DEFAULT.with(new DriftRules.Chosen(method, null)));
      DriftOutcome expected = DriftCheck.of(pair, new DriftRule(method));
      assertThat(feature(report, "x").outcome()).as(method.id()).isEqualTo(expected);
    }
  }

  private static SortedColumn column(List<Double> values) {
    return SortedColumn.of(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  @Test
  void aSegmentIsComparedWithTheSameSegment() {
    fill(400, false);
    fill(300, true);
    DriftReport report = drift(DriftRules.DEFAULT, new Condition.Is("channel", "web"));
    assertThat(report.nReference()).isBetween(230L, 330L);
    assertThat(report.nCurrent()).isBetween(30L, 100L);
    assertThat(feature(report, "channel").evidence().effect()).isZero();
    assertThat(feature(report, "income").hasDrifted()).isTrue();
  }

  @Test
  void fewRowsAreNotEnoughAndBothHistogramsHaveTheSameBins() {
    fill(400, false);
    fill(20, true);
    DriftReport report = drift(DriftRules.DEFAULT);
    assertThat(feature(report, "income").outcome())
        .isEqualTo(new DriftOutcome.NotEnough(400, 20, 30));
    assertThat(report.inputs().judged()).isZero();
    Histogram numbers = feature(report, "income").histogram();
    assertThat(numbers.bounds()).hasSize(numbers.reference().length + 1).isSorted();
    assertThat(numbers.reference()).hasSameSizeAs(numbers.current());
    assertThat(sum(numbers.reference())).isEqualTo(400);
    assertThat(sum(numbers.current())).isEqualTo(20);
    Histogram words = feature(report, "channel").histogram();
    assertThat(words.words()).containsExactlyInAnyOrder("web", "app");
    assertThat(sum(words.reference())).isEqualTo(400);
  }

  private static long sum(long[] counts) {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }

  @Test
  void aRuleThatChanceExplainsIsWorthALookAndNoMore() {
    for (int row = 0; row < 60; row++) {
      rows.add(row, Map.of("x", random.nextGaussian()), "a");
      rows.add(5_000 + row, Map.of("x", random.nextGaussian() + 0.3), "a");
    }
    DriftRules strict =
        DriftRules.DEFAULT.with(new DriftRules.Chosen(DriftMethod.WASSERSTEIN, 0.01));
    FeatureDrift x = feature(drift(strict), "x");
    assertThat(((DriftScore) x.outcome()).verdict()).isEqualTo(Verdict.DRIFTED);
    assertThat(x.hasDrifted()).isFalse();
    assertThat(x.isToWatch()).isTrue();
  }

  @Test
  void pValuesOfManyFeaturesAreCorrectedTogether() {
    fill(400, false);
    fill(300, true);
    DriftReport plain = drift(DriftRules.DEFAULT);
    DriftReport corrected = drift(DriftRules.DEFAULT.with(Correction.BONFERRONI));
    long tested =
        plain.features().stream()
            .filter(one -> one.outcome() instanceof DriftScore score && score.pValue() != null)
            .count();
    double p = score(plain, "age").score();
    assertThat(score(corrected, "age").score()).isCloseTo(Math.min(1, p * tested), within(1e-12));
    assertThat(score(corrected, "age").pValue()).isEqualTo(p);
    assertThat(score(corrected, "age").variant()).endsWith(", bonferroni");
  }

  @Test
  void theFirstRowsAreKeptAsSoonAsThereAreEnoughAndStayWhenTheyAreGone() {
    options =
        new DriftOptions(options.window(), 300, options.referenceSpan(), options.rules(), Map.of());
    fill(299, false);
    assertThatThrownBy(() -> usual())
        .isInstanceOf(QueryException.Failed.class)
        .hasMessageContaining("the first 300 predictions, and there are 299");
    fill(101, false);
    fill(300, true);
    DriftReport before = usual();
    assertThat(before.reference()).isEqualTo("first");
    assertThat(before.nReference()).isEqualTo(300);
    rows.clear();
    fill(300, true);
    DriftReport after = usual();
    assertThat(after.nReference()).isEqualTo(300);
    assertThat(feature(after, "text.rare_words").hasDrifted()).isTrue();
  }

  private DriftReport usual() {
    return queries.drift(current(), new Against.Usual(), DriftRules.DEFAULT, ModelRows.deadline());
  }

  @Test
  void aReferenceThatSomebodyMadeIsTheUsualOneFromThenOn() {
    fill(400, false);
    fill(300, true);
    references.keep("m", "default", new Window(5_000, 6_000, false), ModelRows.deadline());
    DriftReport report = usual();
    assertThat(report.reference()).isEqualTo("default");
    assertThat(report.features()).noneMatch(FeatureDrift::hasDrifted);
    assertThat(references.delete("m", "default")).isTrue();
    assertThat(references.list("m")).isEmpty();
    assertThatThrownBy(
            () ->
                queries.drift(
                    current(), new Against.Named("gone"), DriftRules.DEFAULT, ModelRows.deadline()))
        .hasMessageContaining("has no reference \"gone\"");
  }

  @Test
  void theWindowBeforeAndTheSameHoursAWeekAgoAreReferencesToo() {
    long week = 7L * 24 * 3_600_000;
    for (int row = 0; row < 100; row++) {
      rows.add(week + 5_000 + row, Map.of("x", 10 + random.nextGaussian()), "a");
      rows.add(week + 4_000 + row, Map.of("x", 0 + random.nextGaussian()), "a");
      rows.add(5_000 + row, Map.of("x", 10 + random.nextGaussian()), "a");
    }
    Selection now = current().in(Windows.whole(week + 5_000, week + 6_000));
    FeatureDrift previous =
        feature(
            queries.drift(now, new Against.Previous(), DriftRules.DEFAULT, ModelRows.deadline()),
            "x");
    FeatureDrift lastWeek =
        feature(
            queries.drift(now, new Against.SameWeekday(), DriftRules.DEFAULT, ModelRows.deadline()),
            "x");
    assertThat(previous.hasDrifted()).isTrue();
    assertThat(lastWeek.hasDrifted()).isFalse();
  }

  @Test
  void whatIsSaidOfOneModelCountsMore() {
    for (int row = 0; row < 200; row++) {
      rows.add(row, Map.of("zip", row % 10, "id", "n" + row), "a");
      rows.add(5_000 + row, Map.of("zip", row % 7, "id", "o" + row), "a");
    }
    DriftReport usual = drift(DriftRules.DEFAULT);
    assertThat(feature(usual, "zip").type()).isEqualTo("number");
    assertThat(usual.notes()).anyMatch(note -> note.endsWith(": id"));
    options =
        new DriftOptions(
            options.window(),
            1_000,
            options.referenceSpan(),
            DriftRules.DEFAULT,
            Map.of(
                "m",
                new DriftOptions.OfModel(
                    Map.of("zip", FeatureKind.WORD),
                    Set.of("id"),
                    Map.of("zip", new DriftRules.Chosen(DriftMethod.TOTAL_VARIATION, 0.5)),
                    "")));
    DriftReport said = drift(options.rules("m"));
    assertThat(feature(said, "zip").type()).isEqualTo("word");
    assertThat(score(said, "zip").method()).isEqualTo(DriftMethod.TOTAL_VARIATION);
    assertThat(score(said, "zip").limit().drift()).isEqualTo(0.5);
    assertThat(said.notes()).noneMatch(note -> note.endsWith(": id"));
  }

  /// Two inputs have moved as far; the model answers by one of them.
  @Test
  void whatMovesAnswersComesFirst() {
    for (int row = 0; row < 2_000; row++) {
      boolean now = row >= 1_000;
      double idle = random.nextGaussian() + (now ? 2 : 0);
      double used = random.nextGaussian() + (now ? 2 : 0);
      rows.add(
          (now ? 5_000 : 0) + row % 1_000,
          Map.of("a_idle", idle, "used", used, "still", random.nextGaussian()),
          used > 1 ? "yes" : "no");
    }
    DriftReport report = drift(DriftRules.DEFAULT);
    assertThat(report.influence().get("used")).isGreaterThan(0.8);
    assertThat(report.influence().values().stream().mapToDouble(Double::doubleValue).sum())
        .isCloseTo(1, within(1e-9));
    List<String> inputs =
        report.features().stream()
            .filter(one -> one.aspect() == Aspect.INPUT)
            .map(FeatureDrift::name)
            .toList();
    assertThat(inputs).containsExactly("used", "a_idle", "still");
    assertThat(report.notes()).anyMatch(note -> note.contains("imitate the model on 1000 rows"));
  }

  /// Neither x nor y moves; that they go together ends.
  @Test
  void inputsTogetherShowWhatNoneShowsAlone() {
    for (int row = 0; row < 2_000; row++) {
      boolean now = row >= 1_000;
      double x = random.nextGaussian();
      double y = now ? random.nextGaussian() : x;
      rows.add(
          (now ? 5_000 : 0) + row % 1_000,
          Map.of("x", x, "y", y, "side", random.nextBoolean() ? "left" : "right"),
          "yes");
    }
    assertThat(drift(DriftRules.DEFAULT).features()).noneMatch(FeatureDrift::hasDrifted);
    Together together = queries.together(current(), rowsOfReference(), ModelRows.deadline());
    assertThat(together.hasDrifted()).isTrue();
    assertThat(together.auc()).isGreaterThan(0.8);
    assertThat(together.importance().get("side")).isLessThan(0.1);
    assertThat(together.nReference()).isEqualTo(1_000);
    Together.Lost lost = Objects.requireNonNull(together.lost());
    assertThat(lost.hasDrifted()).isTrue();
    assertThat(lost.error()).isGreaterThan(1.2 * lost.reference());
    assertThat(lost.shares().get("side")).isLessThan(0.3);
    Together same =
        queries.together(
            new Selection("m", null, List.of(), Windows.whole(500, 1_000), TimeOf.PREDICTION),
            new Against.Rows(new Window(0, 500, false), null),
            ModelRows.deadline());
    assertThat(same.hasDrifted()).isFalse();
    assertThat(same.auc()).isCloseTo(0.5, within(0.08));
  }

  /// Each text has the same length and kinds of signs: only its words tell.
  @Test
  void textsAreToldApartByTheirWords() {
    for (int row = 0; row < 800; row++) {
      boolean now = row >= 400;
      List<String> words = new ArrayList<>();
      for (int each = 0; each < 8; each++) {
        words.add((now && each == 0 ? "zz" : "aa") + (char) ('a' + random.nextInt(20)));
      }
      rows.add((now ? 5_000 : 0) + row, Map.of("text", String.join(" ", words)), "yes");
    }
    FeatureDrift text = feature(drift(DriftRules.DEFAULT), "text");
    assertThat(text.type()).isEqualTo("text");
    assertThat(text.hasDrifted()).isTrue();
    DriftScore score = (DriftScore) text.outcome();
    assertThat(score.method()).isEqualTo(DriftMethod.TEXT_CONTENT_CHANCE);
    assertThat(score.score()).isGreaterThan(0.9);
    assertThat(text.telling().getFirst().name()).startsWith("zz");
    assertThat(text.histogram().bounds()).hasSize(21);
    DriftRules strict =
        DriftRules.DEFAULT.with(new DriftRules.Chosen(DriftMethod.TEXT_CONTENT, 1.0));
    assertThat(score(drift(strict), "text").verdict()).isEqualTo(Verdict.STABLE);
  }

  @Test
  void listsOfNumbersAreVectors() {
    vectors(400, 0, 0);
    vectors(300, 5_000, 0.7);
    FeatureDrift found = feature(drift(DriftRules.DEFAULT), "embedding");
    assertThat(found.type()).isEqualTo("vector");
    assertThat(found.hasDrifted()).isTrue();
    assertThat(((DriftScore) found.outcome()).method()).isEqualTo(DriftMethod.EMBEDDING_MODEL);
    assertThat(found.telling().getFirst().name()).isEqualTo("2");
    assertThat(drift(DriftRules.DEFAULT).inputs().judged()).isEqualTo(1);
    for (DriftMethod method : DriftMethod.values()) {
      if (method.compares() == DriftMethod.Values.VECTORS) {
        DriftScore score =
            score(drift(DriftRules.DEFAULT.with(new DriftRules.Chosen(method, null))), "embedding");
        assertThat(score.method()).isEqualTo(method);
        assertThat(score.nCurrent()).isEqualTo(300);
        assertThat(score.score()).isFinite();
      }
    }
  }

  /// Times 0 to 999 or 5000 to 5999; the third of eight numbers is moved.
  private void vectors(int count, long startMs, double shift) {
    for (int row = 0; row < count; row++) {
      List<Datum> numbers = new ArrayList<>();
      for (int place = 0; place < 8; place++) {
        numbers.add(new Datum.Amount(random.nextGaussian() + (place == 2 ? 2 * shift : 0)));
      }
      rows.add(startMs + row, Map.of("embedding", new Datum.Items(numbers)), "yes");
    }
  }

  @Test
  void vectorsOfAnotherLengthAreNotCompared() {
    vectors(100, 0, 0);
    for (int row = 0; row < 100; row++) {
      List<Datum> numbers = List.of(new Datum.Amount(row), new Datum.Amount(1));
      rows.add(5_000 + row, Map.of("embedding", new Datum.Items(numbers)), "yes");
    }
    FeatureDrift found = feature(drift(DriftRules.DEFAULT), "embedding");
    assertThat(((DriftOutcome.NotApplicable) found.outcome()).why())
        .isEqualTo("it has 2 numbers now, and 8 before");
  }

  @Test
  void columnsOfOnePatternAreOneVector() {
    options = withKinds(Map.of("emb_*", FeatureKind.VECTOR));
    for (int row = 0; row < 700; row++) {
      boolean now = row >= 400;
      Map<String, Object> features = new HashMap<>();
      for (int place = 0; place < 12; place++) {
        features.put("emb_" + place, random.nextGaussian() + (now && place == 10 ? 1 : 0));
      }
      features.put("age", random.nextGaussian());
      rows.add((now ? 5_000 : 0) + row % 400, features, "yes");
    }
    DriftReport report = drift(DriftRules.DEFAULT);
    assertThat(report.features().stream().filter(one -> one.aspect() == Aspect.INPUT))
        .extracting(FeatureDrift::name)
        .containsExactlyInAnyOrder("emb_*", "age");
    assertThat(feature(report, "emb_*").hasDrifted()).isTrue();
    assertThat(feature(report, "emb_*").telling().getFirst().name()).isEqualTo("10");
  }

  private static DriftOptions withKinds(Map<String, FeatureKind> kinds) {
    DriftOptions usual = DriftOptions.DEFAULT;
    return new DriftOptions(
        usual.window(),
        usual.referenceRows(),
        usual.referenceSpan(),
        usual.rules(),
        Map.of("m", new DriftOptions.OfModel(kinds, Set.of(), Map.of(), "")));
  }

  /// Rows of files are not stored; a sample of them is.
  @Test
  void windowsAreToldFromAReferenceThatCameFromAFile() {
    StringBuilder csv = new StringBuilder("x,y,side\n");
    for (int row = 0; row < 400; row++) {
      double x = random.nextGaussian();
      csv.append(x).append(',').append(x).append(row % 2 == 0 ? ",left\n" : ",right\n");
      rows.add(
          5_000 + row,
          Map.of("x", random.nextGaussian(), "y", random.nextGaussian(), "side", "left"),
          "yes");
    }
    byte[] file = csv.toString().getBytes(StandardCharsets.UTF_8);
    FileTable table = CsvTable.read(new ByteArrayInputStream(file));
    references.keep("m", "file", table, ModelRows.deadline());
    Together together =
        queries.together(current(), new Against.Named("file"), ModelRows.deadline());
    assertThat(together.hasDrifted()).isTrue();
    assertThat(together.nReference()).isEqualTo(400);
  }
}
