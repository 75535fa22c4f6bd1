package dev.sightline.stats.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.stats.Lcg;
import dev.sightline.stats.MadeRows;
import dev.sightline.stats.Oracle;
import dev.sightline.stats.learn.WordRows;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Vectors, texts and rows of two windows, beside SciPy and scikit-learn.
class ApartTest {
  private static final JsonNode TABLE = Oracle.committed("vectors.json");

  @Test
  void vectorsAreAsFarApartAsInSciPy() {
    for (JsonNode want : TABLE.get("embeddings")) {
      Lcg lcg = new Lcg(want.get("seed").asLong());
      int size = want.get("size").asInt();
      double[][] x = MadeRows.vectors(lcg, want.get("n").asInt(), size, 0);
      double[][] y =
          MadeRows.vectors(lcg, want.get("m").asInt(), size, want.get("shift").asDouble());
      VectorPair pair = new VectorPair(x, x.length, y, y.length);
      check(pair, DriftMethod.EMBEDDING_RATIO, want.get("ratio"), 1e-9);
      check(pair, DriftMethod.EMBEDDING_DISTANCE, want.get("euclidean"), 1e-9);
      check(pair, DriftMethod.EMBEDDING_COSINE, want.get("cosine"), 1e-9);
      check(pair, DriftMethod.EMBEDDING_CITY_BLOCK, want.get("cityblock"), 1e-9);
      check(pair, DriftMethod.EMBEDDING_CHEBYSHEV, want.get("chebyshev"), 1e-9);
      // Random features, other folds: bands.
      check(pair, DriftMethod.EMBEDDING_MMD, want.get("mmd"), 0.01);
      check(pair, DriftMethod.EMBEDDING_MODEL, want.get("auc"), 0.03);
      boolean moved = want.get("shift").asDouble() > 0;
      assertThat(score(pair, DriftMethod.EMBEDDING_MODEL).verdict() == Verdict.DRIFTED)
          .isEqualTo(moved);
      if (moved) {
        Apart apart = apart(pair, DriftMethod.EMBEDDING_MODEL);
        assertThat(Integer.parseInt(apart.telling().getFirst().name())).isLessThan(size / 4);
        assertThat(apart.separation().pValue()).isLessThan(1e-3);
      }
    }
  }

  /// It is the weakest of all: for many rows.
  @Test
  void theLinearTestSeesWhatIsFar() {
    double[][] x = MadeRows.vectors(new Lcg(1), 400, 8, 0);
    double[][] same = MadeRows.vectors(new Lcg(2), 400, 8, 0);
    double[][] far = MadeRows.vectors(new Lcg(2), 400, 8, 2);
    DriftScore calm = score(new VectorPair(x, 400, same, 400), DriftMethod.EMBEDDING_MMD_LINEAR);
    DriftScore moved = score(new VectorPair(x, 400, far, 400), DriftMethod.EMBEDDING_MMD_LINEAR);
    assertThat(calm.verdict()).isEqualTo(Verdict.STABLE);
    assertThat(moved.score()).isLessThan(1e-3);
  }

  private static void check(VectorPair pair, DriftMethod method, JsonNode want, double tolerance) {
    Oracle.check(method.id(), score(pair, method).score(), want.asDouble(), tolerance);
  }

  private static DriftScore score(VectorPair pair, DriftMethod method) {
    return (DriftScore) apart(pair, method).outcome();
  }

  private static Apart apart(VectorPair pair, DriftMethod method) {
    return Objects.requireNonNull(VectorCheck.of(pair, new DriftRule(method)));
  }

  @Test
  void textsAreToldApartAsWellAsByScikitLearn() {
    for (JsonNode want : TABLE.get("terms")) {
      Lcg lcg = new Lcg(want.get("seed").asLong());
      int words = want.get("words").asInt();
      double fresh = want.get("fresh").asDouble();
      WordRows x = MadeRows.texts(lcg, want.get("n").asInt(), words, 0);
      WordRows y = MadeRows.texts(lcg, want.get("m").asInt(), words, fresh);
      Apart apart =
          Objects.requireNonNull(
              TextCheck.of(x, x.n(), y, y.n(), new DriftRule(DriftMethod.TEXT_CONTENT)));
      assertThat(apart.separation().auc()).isCloseTo(want.get("auc").asDouble(), within(0.04));
      if (fresh > 0) {
        Telling first = apart.telling().getFirst();
        assertThat(first.name()).isEqualTo("fresh");
        assertThat(first.reference()).isZero();
        assertThat(first.current()).isCloseTo(fresh, within(0.1));
        Oracle.check("weight", first.weight(), want.get("weight_of_fresh").asDouble(), 1e-3);
      }
    }
  }

  @Test
  void theLimitOfTextsIsWhatChanceGives() {
    Lcg lcg = new Lcg(5);
    WordRows x = MadeRows.texts(lcg, 300, 60, 0);
    WordRows same = MadeRows.texts(lcg, 300, 60, 0);
    WordRows other = MadeRows.texts(lcg, 300, 60, 0.5);
    DriftRule rule = new DriftRule(DriftMethod.TEXT_CONTENT_CHANCE);
    DriftScore calm =
        (DriftScore) Objects.requireNonNull(TextCheck.of(x, 300, same, 300, rule)).outcome();
    DriftScore moved =
        (DriftScore) Objects.requireNonNull(TextCheck.of(x, 300, other, 300, rule)).outcome();
    // 0.5 + 1.645 √(601 / (12 · 90,000))
    assertThat(calm.limit().drift()).isCloseTo(0.5388, within(1e-4));
    assertThat(calm.verdict()).isEqualTo(Verdict.STABLE);
    assertThat(moved.verdict()).isEqualTo(Verdict.DRIFTED);
    assertThat(moved.source()).isEqualTo(DriftScore.Source.EXACT);
  }

  @Test
  void fewTextsAreNotJudged() {
    WordRows few = MadeRows.texts(new Lcg(1), 9, 60, 0);
    DriftRule rule = new DriftRule(DriftMethod.TEXT_CONTENT);
    assertThat(TextCheck.of(few, 9_000, few, 9_000, rule)).isNull();
    WordRows some = MadeRows.texts(new Lcg(1), 25, 60, 0);
    assertThat(TextCheck.of(some, 25, some, 25, rule)).isNull();
  }

  @Test
  void methodsOfSingleValuesDoNotJudgeVectors() {
    double[][] rows = MadeRows.vectors(new Lcg(1), 40, 4, 0);
    Apart apart = apart(new VectorPair(rows, 40, rows, 40), DriftMethod.KS);
    assertThat(apart.outcome()).isInstanceOf(DriftOutcome.NotApplicable.class);
  }

  @Test
  void whatIsLostIsWhatScikitLearnLoses() {
    for (JsonNode want : TABLE.get("reconstructions")) {
      Lcg lcg = new Lcg(want.get("seed").asLong());
      double[][] x = MadeRows.linked(lcg, want.get("n").asInt(), 1);
      double link = want.get("link").asDouble();
      double[][] y = MadeRows.linked(lcg, want.get("m").asInt(), link);
      Reconstruction got = Reconstruction.of(x, y);
      assertThat(got.components()).isEqualTo(want.get("components").asInt());
      Oracle.check("reference", got.reference(), want.get("reference").asDouble(), 1e-9);
      Oracle.check("error", got.error(), want.get("error").asDouble(), 1e-9);
      Thresholds limits = Objects.requireNonNull(got.limits());
      Oracle.check(
          "limit", Objects.requireNonNull(limits.upper()), want.get("upper").asDouble(), 1e-9);
      assertThat(got.hasDrifted()).isEqualTo(link != 1);
      if (link != 1) {
        assertThat(got.shares()[1] + got.shares()[2]).isLessThan(0.5);
      }
    }
  }
}
