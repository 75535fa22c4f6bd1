package dev.sightline.quality.integrity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.model.prediction.Datum;
import dev.sightline.quality.ModelRows;
import dev.sightline.quality.baseline.Baseline;
import dev.sightline.quality.baseline.Sides;
import dev.sightline.quality.baseline.WindowBaselines;
import dev.sightline.quality.integrity.Check.Kind;
import dev.sightline.quality.integrity.Check.State;
import dev.sightline.quality.window.Window;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class IntegrityReportTest {
  private final ModelRows rows = new ModelRows();
  private final Random random = new Random(1);
  private IntegrityRules rules = IntegrityRules.DEFAULT;

  /// Reference rows at times 0 to 299, current ones from 1000 on; what `spoil` does to the current.
  private IntegrityReport report(BiConsumer<Integer, Map<String, Object>> spoil) {
    for (int row = 0; row < 600; row++) {
      double age = 40 + 10 * random.nextGaussian();
      Map<String, Object> features = new LinkedHashMap<>();
      features.put("age", age);
      features.put("weight", 2 * age + random.nextGaussian());
      features.put("country", random.nextInt(3) == 0 ? "ES" : "PT");
      features.put("member", random.nextBoolean());
      if (row >= 300) {
        spoil.accept(row, features);
      }
      rows.add(row < 300 ? row : 1_000 + row - 300, features, "a");
    }
    Baseline reference =
        rows.baselines()
            .reference(
                WindowBaselines.selection("m", null, new Window(0, 300, false)),
                Map.of(),
                Set.of(),
                ModelRows.deadline());
    Baseline current =
        rows.baselines()
            .current(
                WindowBaselines.selection("m", null, new Window(1_000, 1_300, false)),
                reference,
                ModelRows.deadline());
    return IntegrityReport.of("m", new Sides("r", reference, current), rules, 5_000, 1_299);
  }

  private static List<String> problems(IntegrityReport report) {
    return report.checks().stream()
        .filter(check -> check.state() != State.OK)
        .map(check -> check.feature() + " " + check.kind().word() + " " + check.state().word())
        .toList();
  }

  private static Check check(IntegrityReport report, String feature, Kind kind) {
    return report.checks().stream()
        .filter(check -> check.feature().equals(feature) && check.kind() == kind)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void rowsLikeThoseOfTheReferenceHaveNoProblems() {
    IntegrityReport report = report((_, _) -> {});
    assertThat(problems(report)).isEmpty();
    assertThat(check(report, "", Kind.FRESHNESS).value()).isEqualTo(3.701);
    assertThat(check(report, "age", Kind.MISSING).value()).isZero();
  }

  @Test
  void missingValuesAreMoreThanChanceAndAToleranceAllow() {
    IntegrityReport report =
        report(
            (row, features) -> {
              if (row % 10 == 0) {
                features.remove("age");
                features.put("country", new Datum.Missing());
              }
            });
    assertThat(problems(report))
        .contains("age missing broken", "country missing broken")
        .doesNotContain("weight missing broken", "country types broken");
    assertThat(check(report, "age", Kind.MISSING).value()).isEqualTo(0.1);
    assertThat(check(report, "age", Kind.MISSING).text())
        .isEqualTo("10.0 % of the rows have no age, at most 2.0 %");
  }

  @Test
  void valuesThatDoNotBelongThereAreNamed() {
    IntegrityReport report =
        report(
            (row, features) -> {
              if (row % 20 == 0) {
                features.put("age", row % 40 == 0 ? 400.0 : Double.POSITIVE_INFINITY);
                features.put("country", "XX");
              }
              features.put("member", true);
              features.put("fresh", 1);
              features.remove("weight");
            });
    assertThat(problems(report))
        .contains(
            "age range broken",
            "age infinite broken",
            "country unseen broken",
            "member constant broken",
            "fresh schema broken",
            "weight schema broken",
            "age types broken");
    assertThat(check(report, "country", Kind.UNSEEN).text())
        .isEqualTo("5.0 % of the rows have words that are new: \"XX\"");
  }

  @Test
  void aNumberThatComesAsTextIsAnotherType() {
    IntegrityReport report =
        report((row, features) -> features.put("age", row % 2 == 0 ? "forty" : 40.5));
    assertThat(check(report, "age", Kind.TYPES).text()).isEqualTo("age is now also of type text");
    assertThat(check(report, "age", Kind.MISSING).value()).isEqualTo(0.5);
    assertThat(problems(report)).contains("age constant broken");
  }

  @Test
  void inputsThatNoLongerMoveTogetherAndRowsThatRepeatAreWorthALook() {
    IntegrityReport report =
        report(
            (row, features) -> {
              features.put("weight", 80 + 20 * random.nextGaussian());
              if (row % 2 == 0) {
                features.put("age", 40.0);
                features.put("weight", 80.0);
                features.put("country", "ES");
                features.put("member", true);
              }
            });
    assertThat(problems(report)).contains(" duplicates watch", "age, weight correlation watch");
    assertThat(check(report, "", Kind.DUPLICATES).value()).isCloseTo(149.0 / 300, offset());
  }

  private static Offset<Double> offset() {
    return within(1e-9);
  }

  @Test
  void constraintsThatSomebodySetReplaceThoseOfTheReference() {
    rules =
        new IntegrityRules(
            30,
            Map.of(
                "m",
                Map.of(
                    "age",
                    new IntegrityRules.Constraint(null, 0.0, 45.0, 0.1, null),
                    "country",
                    new IntegrityRules.Constraint(0.5, null, null, 0.2, Set.of("PT")))));
    IntegrityReport report = report((_, _) -> {});
    assertThat(problems(report)).containsExactly("age range broken", "country unseen broken");
    assertThat(check(report, "country", Kind.MISSING).limit()).isEqualTo(0.5);
    assertThat(check(report, "age", Kind.RANGE).text()).endsWith("are not from 0.0 to 45.0");
  }

  /// A third of the rows is old and light: either is usual alone.
  @Test
  void rowsThatAreOddAsAWholeAreSeen() {
    assertThat(check(report((_, _) -> {}), "", Kind.ISOLATION).state()).isEqualTo(State.OK);
    rows.clear();
    IntegrityReport odd =
        report(
            (row, features) -> {
              if (row % 3 == 0) {
                features.put("age", 62 + random.nextDouble());
                features.put("weight", 42 + random.nextDouble());
              }
            });
    Check found = check(odd, "", Kind.ISOLATION);
    assertThat(found.state()).isEqualTo(State.WATCH);
    assertThat(found.value()).isGreaterThan(0.1);
    assertThat(found.text()).endsWith("of the rows are odd as a whole");
    assertThat(check(odd, "weight", Kind.OUTLIERS).state()).isEqualTo(State.OK);
  }
}
