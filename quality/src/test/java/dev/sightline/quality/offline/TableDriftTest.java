package dev.sightline.quality.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.quality.inputs.Together;
import dev.sightline.stats.column.SortedColumn;
import dev.sightline.stats.drift.DriftCheck;
import dev.sightline.stats.drift.DriftMethod;
import dev.sightline.stats.drift.DriftOutcome;
import dev.sightline.stats.drift.DriftRule;
import dev.sightline.stats.drift.DriftScore;
import dev.sightline.stats.drift.FeaturePair;
import dev.sightline.stats.drift.MethodChoice;
import dev.sightline.stats.drift.Telling;
import dev.sightline.stats.drift.Verdict;
import dev.sightline.wire.csv.CsvTable;
import dev.sightline.wire.table.BadTableException;
import dev.sightline.wire.table.Table;
import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TableDriftTest {
  private static final DriftOptions USUAL = options(null, KeepRows.FEW);

  private static DriftOptions options(@Nullable DriftMethod method, KeepRows keep) {
    return new DriftOptions(
        MethodChoice.EVIDENTLY, method, null, Set.of(), Map.of(), List.of(), false, 0.5, keep);
  }

  @Test
  void smallFilesAreJudgedByTheirRows() {
    double[] before = normals(1, 800, 0);
    double[] after = normals(2, 700, 0.4);
    DriftReport report = drift(csv(before, "x"), csv(after, "x"), USUAL);
    DriftScore score = score(report, "value");
    DriftOutcome want =
        DriftCheck.of(
            new FeaturePair.Numeric(SortedColumn.of(before), SortedColumn.of(after)),
            new DriftRule(DriftMethod.KS));
    assertThat(score).usingRecursiveComparison().isEqualTo(want);
    assertThat(score.verdict()).isEqualTo(Verdict.DRIFTED);
    assertThat(report.rowsReference()).isEqualTo(800);
    assertThat(score(report, "word").verdict()).isEqualTo(Verdict.STABLE);
    assertThat(report.features().getFirst().feature()).isEqualTo("value");
  }

  /// Sketches say that they are, and their scores lie near those of rows.
  @Test
  void largeFilesAreSketched() {
    String before = csv(normals(1, 50_000, 0), "x");
    String after = csv(normals(2, 60_000, 0.2), "x");
    for (DriftMethod method :
        List.of(
            DriftMethod.WASSERSTEIN,
            DriftMethod.KS_DISTANCE,
            DriftMethod.PSI,
            DriftMethod.PSI_DECILES,
            DriftMethod.JENSEN_SHANNON,
            DriftMethod.JENSEN_SHANNON_2,
            DriftMethod.HELLINGER,
            DriftMethod.HELLINGER_DOANE,
            DriftMethod.HELLINGER_EQUAL_WIDTH,
            DriftMethod.ENERGY,
            DriftMethod.TOTAL_VARIATION,
            DriftMethod.L_INFINITY)) {
      DriftScore exact = score(drift(before, after, options(method, KeepRows.all())), "value");
      DriftScore sketch = score(drift(before, after, options(method, KeepRows.NONE)), "value");
      assertThat(exact.source()).isEqualTo(DriftScore.Source.EXACT);
      assertThat(sketch.source()).isEqualTo(DriftScore.Source.SKETCH);
      assertThat(sketch.variant()).contains("shares ±0.0");
      assertThat(sketch.score()).as(method.id()).isCloseTo(exact.score(), within(near(method)));
    }
    DriftReport needs = drift(before, after, options(DriftMethod.MANN_WHITNEY, KeepRows.NONE));
    assertThat(needs.features().getLast().outcome())
        .isEqualTo(
            new DriftOutcome.NotApplicable(
                DriftMethod.MANN_WHITNEY,
                "it needs every row, and only sketches of them are kept"));
  }

  /// Sketches toss coins, so the difference is another one each time; of forty, the largest was
  /// half of what is allowed here. Roots make much of a tail's few rows, and Hellinger's own bins
  /// count distinct values, which a sketch has not. PSI takes an empty bin for one in 10,000: a
  /// sketch may have lost the last row of a tail.
  private static double near(DriftMethod method) {
    return switch (method) {
      case PSI -> 0.1;
      case JENSEN_SHANNON, JENSEN_SHANNON_2, HELLINGER, HELLINGER_DOANE, HELLINGER_EQUAL_WIDTH ->
          0.025;
      default -> 0.012;
    };
  }

  /// Grades, flags and texts are counted exactly whatever the number of rows.
  @Test
  void fewValuesAreExactInSketchesToo() {
    StringBuilder before = new StringBuilder("grade,size\n");
    StringBuilder after = new StringBuilder("grade,size\n");
    Random random = new Random(3);
    for (int row = 0; row < 20_000; row++) {
      before.append(random.nextInt(4)).append(',').append("SML".charAt(random.nextInt(3)));
      before.append('\n');
      after.append(random.nextInt(5)).append(',').append("SML".charAt(random.nextInt(2)));
      after.append('\n');
    }
    DriftReport exact = drift(before.toString(), after.toString(), options(null, KeepRows.all()));
    DriftReport sketch = drift(before.toString(), after.toString(), options(null, KeepRows.NONE));
    for (String feature : List.of("grade", "size")) {
      DriftScore want = score(exact, feature);
      assertThat(score(sketch, feature)).usingRecursiveComparison().isEqualTo(want);
      assertThat(want.method()).isEqualTo(DriftMethod.JENSEN_SHANNON);
      assertThat(want.verdict()).isEqualTo(Verdict.DRIFTED);
    }
  }

  @Test
  void columnsThatComeGoOrChangeAreNamed() {
    String rows = "1,a\n".repeat(40);
    DriftReport report = drift("x,old\n" + rows, "x,fresh\n" + "one,a\n".repeat(40), USUAL);
    assertThat(report.onlyReference()).containsExactly("old");
    assertThat(report.onlyCurrent()).containsExactly("fresh");
    assertThat(report.features().getFirst().outcome())
        .isInstanceOfSatisfying(
            DriftOutcome.NotApplicable.class,
            not -> assertThat(not.why()).isEqualTo("it was a number and is a category now"));
    DriftOptions renamed =
        new DriftOptions(
            MethodChoice.EVIDENTLY,
            null,
            null,
            Set.of("fresh"),
            Map.of("old", "fresh"),
            List.of(),
            false,
            0.5,
            KeepRows.FEW);
    assertThat(drift("x,old\n" + rows, "x,fresh\n" + rows, renamed).features())
        .extracting(FeatureDrift::feature)
        .containsExactly("fresh");
    assertThatThrownBy(() -> drift("a\n1\n", "b\n1\n", USUAL))
        .isInstanceOf(BadTableException.class)
        .hasMessage("the files have no column in common: one has [a], the other [b]");
  }

  @Test
  void tooFewRowsAreNotEnough() {
    DriftReport report = drift("x\n1\n2\n", "x\n8\n9\n", USUAL);
    assertThat(report.features().getFirst().outcome())
        .isEqualTo(new DriftOutcome.NotEnough(2, 2, 30));
    assertThat(report.dataset().hasDrifted()).isFalse();
  }

  @Test
  void moreTextsThanAreCountedAreSketched() {
    StringBuilder text = new StringBuilder("id\n");
    for (int row = 0; row < 30_000; row++) {
      text.append("case ").append(row).append("\nthe usual\n");
    }
    TableProfile profile = TableProfile.of("t", table(text.toString()), KeepRows.NONE);
    FeatureProfile feature = profile.features().getFirst();
    assertThat(feature.source()).isEqualTo("sketch");
    assertThat(feature.n()).isEqualTo(60_000);
    assertThat(feature.distinct()).isBetween(28_500L, 31_500L);
    assertThat(feature.frequent().entrySet().iterator().next().getKey()).isEqualTo("the usual");
  }

  @Test
  void profilesOfRowsAndOfSketchesAgree() {
    Table table = table(csv(normals(5, 40_000, 1), "x").replace("word\n", "word\nNA,y\n"));
    FeatureProfile exact = TableProfile.of("t", table, KeepRows.all()).features().getFirst();
    FeatureProfile sketch = TableProfile.of("t", table, KeepRows.NONE).features().getFirst();
    assertThat(exact.source()).isEqualTo("exact");
    assertThat(sketch.source()).isEqualTo("sketch");
    assertThat(sketch.n()).isEqualTo(exact.n()).isEqualTo(40_000);
    for (String exactly : List.of("mean", "std", "min", "max")) {
      assertThat(sketch.numbers().get(exactly))
          .isCloseTo(exact.numbers().get(exactly), within(1e-9));
    }
    assertThat(sketch.numbers().get("0.5")).isCloseTo(exact.numbers().get("0.5"), within(0.03));
  }

  @Test
  void pageAndJsonHoldEveryFeatureAndEscapeNames() {
    String before = csv(normals(1, 300, 0), "<script>");
    String after = csv(normals(2, 300, 1), "<script>");
    DriftReport report = drift(before, after, USUAL);
    String page = OfflineHtml.of(report);
    assertThat(page).contains("value", "word", "&lt;script&gt;", "<svg");
    assertThat(page).doesNotContain("<script", "http://", "https://", "url(");
    StringWriter json = new StringWriter();
    OfflineJson.write(report, json);
    assertThat(json.toString())
        .contains(
            "\"feature\" : \"value\"", "\"verdict\" : \"DRIFTED\"", "\"reference_histogram\"");
  }

  private static DriftReport drift(String before, String after, DriftOptions options) {
    return TableDrift.of(table(before), table(after), options, "before.csv", "after.csv");
  }

  private static DriftScore score(DriftReport report, String feature) {
    return report.features().stream()
        .filter(each -> each.feature().equals(feature))
        .map(each -> (DriftScore) each.outcome())
        .findFirst()
        .orElseThrow();
  }

  private static Table table(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new CsvTable("t.csv", () -> new ByteArrayInputStream(bytes));
  }

  private static double[] normals(long seed, int n, double shift) {
    Random random = new Random(seed);
    return random.doubles(n, 0, 1).map(_ -> random.nextGaussian() + shift).toArray();
  }

  private static String csv(double[] values, String word) {
    StringBuilder text = new StringBuilder("value,word\n");
    for (int row = 0; row < values.length; row++) {
      text.append(values[row]).append(',').append(row % 3 == 0 ? "a" : word).append('\n');
    }
    return text.toString();
  }

  /// Neither of two numbers moves; that they go together ends. Twelve columns are one vector.
  @Test
  void columnsAreComparedTogetherAndAsVectors() {
    DriftOptions options =
        new DriftOptions(
            MethodChoice.EVIDENTLY,
            null,
            null,
            Set.of(),
            Map.of(),
            List.of("emb_*"),
            true,
            0.5,
            KeepRows.FEW);
    DriftReport report = drift(wide(1, true, 0), wide(2, false, 1), options);
    assertThat(report.features())
        .extracting(FeatureDrift::feature)
        .containsExactlyInAnyOrder("emb_*", "x", "y");
    FeatureDrift vector = report.features().getFirst();
    assertThat(vector.feature()).isEqualTo("emb_*");
    assertThat(((DriftScore) vector.outcome()).method()).isEqualTo(DriftMethod.EMBEDDING_MODEL);
    assertThat(vector.hasDrifted()).isTrue();
    assertThat(vector.telling().getFirst().name()).isEqualTo("4");
    Together together = Objects.requireNonNull(report.together());
    assertThat(together.hasDrifted()).isTrue();
    assertThat(Objects.requireNonNull(together.lost()).hasDrifted()).isTrue();
    StringWriter json = new StringWriter();
    OfflineJson.write(report, json);
    assertThat(json.toString()).contains("\"domain_classifier\"", "\"telling\"");
    DriftOptions none =
        new DriftOptions(
            MethodChoice.EVIDENTLY,
            null,
            null,
            Set.of(),
            Map.of(),
            List.of("vec_*"),
            true,
            0.5,
            KeepRows.FEW);
    assertThatThrownBy(() -> drift(wide(1, true, 0), wide(2, true, 0), none))
        .isInstanceOf(BadTableException.class)
        .hasMessageStartingWith("no columns of both files are called vec_*");
  }

  private static String wide(long seed, boolean linked, double shift) {
    Random random = new Random(seed);
    StringBuilder rows = new StringBuilder("x,y");
    for (int place = 0; place < 12; place++) {
      rows.append(",emb_").append(place);
    }
    for (int row = 0; row < 9_000; row++) {
      double x = random.nextGaussian();
      rows.append('\n').append(x).append(',').append(linked ? x : random.nextGaussian());
      for (int place = 0; place < 12; place++) {
        rows.append(',').append(random.nextGaussian() + (place == 4 ? shift : 0));
      }
    }
    return rows.append('\n').toString();
  }

  @Test
  void sentencesAreToldApartByTheirWords() {
    DriftReport report = drift(sentences(1, "fine"), sentences(2, "awful"), USUAL);
    FeatureDrift text = report.features().getFirst();
    assertThat(text.type()).isEqualTo("text");
    assertThat(text.hasDrifted()).isTrue();
    assertThat(text.telling()).extracting(Telling::name).contains("fine", "awful");
  }

  private static String sentences(long seed, String word) {
    Random random = new Random(seed);
    StringBuilder rows = new StringBuilder("text\n");
    for (int row = 0; row < 200; row++) {
      rows.append("room ").append(random.nextInt(40)).append(" was ");
      rows.append(random.nextInt(3) == 0 ? "usual" : word).append(" to us\n");
    }
    return rows.toString();
  }
}
