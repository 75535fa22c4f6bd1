package dev.sightline.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShadowTruthsTest {
  private final List<GroundTruth> joined = new ArrayList<>();

  private final PredictionSink store =
      new PredictionSink() {
        @Override
        public List<PredictionReceipt> store(List<Prediction> predictions) {
          throw new UnsupportedOperationException("no prediction comes here");
        }

        @Override
        public List<TruthReceipt> join(List<GroundTruth> truths) {
          joined.addAll(truths);
          return truths.stream()
              .map(
                  truth ->
                      truth.model().endsWith("-shadow")
                          ? (TruthReceipt) new TruthReceipt.Waiting()
                          : new TruthReceipt.Joined())
              .toList();
        }
      };

  private static GroundTruth truth(String model, String id) {
    return new GroundTruth(model, id, new Datum.Text("yes"), 5);
  }

  @Test
  void aTruthJudgesTheShadowAsWell() {
    PredictionSink sink = new ShadowTruths(store, () -> Map.of("churn", "churn-shadow"));
    List<GroundTruth> sent = List.of(truth("churn", "a"), truth("other", "b"), truth("churn", "c"));
    assertThat(sink.join(sent)).hasSize(3).containsOnly(new PredictionSink.TruthReceipt.Joined());
    assertThat(joined)
        .containsExactly(
            truth("churn", "a"),
            truth("other", "b"),
            truth("churn", "c"),
            truth("churn-shadow", "a"),
            truth("churn-shadow", "c"));
  }
}
