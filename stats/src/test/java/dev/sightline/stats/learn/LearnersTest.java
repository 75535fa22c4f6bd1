package dev.sightline.stats.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.stats.Lcg;
import dev.sightline.stats.MadeRows;
import dev.sightline.stats.Oracle;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Learners beside scikit-learn's.
class LearnersTest {
  private static final JsonNode TABLE = Oracle.committed("vectors.json");

  @Test
  void weightsAreThoseOfScikitLearn() {
    for (JsonNode want : TABLE.get("embeddings")) {
      Lcg lcg = new Lcg(want.get("seed").asLong());
      int n = want.get("n").asInt();
      int size = want.get("size").asInt();
      double[][] reference = MadeRows.vectors(lcg, n, size, 0);
      double[][] current =
          MadeRows.vectors(lcg, want.get("m").asInt(), size, want.get("shift").asDouble());
      double[][] both = Arrays.copyOf(reference, n + current.length);
      System.arraycopy(current, 0, both, n, current.length);
      boolean[] hits = new boolean[both.length];
      Arrays.fill(hits, n, hits.length, true);
      int[] all = new int[both.length];
      Arrays.setAll(all, row -> row);
      SparseRows rows = SparseRows.standardised(both);
      LogisticModel model = LogisticModel.fit(rows, all, hits, 0.1);
      for (int column = 0; column < size; column++) {
        Oracle.check(
            "weight " + column,
            model.weight(column),
            want.get("weights").get(column).asDouble(),
            1e-3);
      }
      Oracle.check("chance", model.of(rows, 0), want.get("chance_of_first").asDouble(), 1e-3);
    }
  }

  @Test
  void wordsWeighWhatTheyDoInScikitLearn() {
    for (JsonNode want : TABLE.get("terms")) {
      Lcg lcg = new Lcg(want.get("seed").asLong());
      int words = want.get("words").asInt();
      WordRows reference = MadeRows.texts(lcg, want.get("n").asInt(), words, 0);
      WordRows current =
          MadeRows.texts(lcg, want.get("m").asInt(), words, want.get("fresh").asDouble());
      TermWeights got = TermWeights.of(reference, current);
      assertThat(got.words()).hasSize(want.get("terms").asInt());
      JsonNode first = want.get("first");
      int[] places = got.rows().places()[0];
      assertThat(places).hasSize(first.size());
      for (int entry = 0; entry < places.length; entry++) {
        String word = got.words().get(places[entry]);
        Oracle.check(word, got.rows().values()[0][entry], first.get(word).asDouble(), 1e-6);
      }
    }
  }

  @Test
  void oddRowsAreSetApartAsInScikitLearn() {
    TABLE
        .get("depths")
        .properties()
        .forEach(
            entry ->
                Oracle.check(
                    "depth of " + entry.getKey(),
                    IsolationForest.expectedDepth(Integer.parseInt(entry.getKey())),
                    entry.getValue().asDouble(),
                    1e-9));
    for (JsonNode want : TABLE.get("isolations")) {
      Lcg lcg = new Lcg(want.get("seed").asLong());
      double[][] rows = MadeRows.linked(lcg, want.get("n").asInt(), 1);
      double[][] odd = MadeRows.linked(lcg, want.get("odd").asInt(), -2);
      IsolationForest forest = IsolationForest.of(rows, new IsolationForest.Options(1_000, 256), 1);
      // Random trees: scores of a thousand differ by what chance allows.
      checkScores(forest, rows, want.get("usual"));
      checkScores(forest, odd, want.get("odd_scores"));
      assertThat(IsolationForest.of(rows, IsolationForest.Options.USUAL, 1).score(odd, 0))
          .isEqualTo(IsolationForest.of(rows, IsolationForest.Options.USUAL, 1).score(odd, 0));
    }
  }

  private static void checkScores(IsolationForest forest, double[][] rows, JsonNode want) {
    for (int row = 0; row < want.size(); row++) {
      assertThat(forest.score(rows, row))
          .as("row %d", row)
          .isCloseTo(want.get(row).asDouble(), within(0.02));
    }
  }

  @Test
  void missingValuesAreUsual() {
    double[][] rows = MadeRows.linked(new Lcg(3), 300, 1);
    IsolationForest forest = IsolationForest.of(rows, IsolationForest.Options.USUAL, 1);
    double[][] one = {{Double.NaN}, {Double.NaN}, {Double.NaN}, {Double.NaN}, {Double.NaN}};
    double[][] far = {{9}, {9}, {90}, {9}, {50}};
    assertThat(forest.score(one, 0)).isLessThan(0.5);
    assertThat(forest.score(far, 0)).isGreaterThan(0.7);
  }

  @Test
  void columnsThatNeverChangeWeighNothing() {
    SparseRows rows = SparseRows.standardised(new double[][] {{1, 2}, {1, 3}, {1, 2}, {1, 5}});
    boolean[] hits = {false, true, false, true};
    LogisticModel model = LogisticModel.fit(rows, new int[] {0, 1, 2, 3}, hits, 1);
    assertThat(model.weight(0)).isZero();
    assertThat(model.weight(1)).isPositive();
    assertThat(WordRows.of(List.of(List.of("b", "a", "b"))).rows()[0]).containsExactly(0, 0, 1);
  }
}
