package dev.sightline.quality.profile;

import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionSink;
import java.util.List;

/// Shows predictions that have been stored to the profiles.
///
/// @param sink that stores them
public record ProfiledSink(PredictionSink sink, ProfileStore profiles) implements PredictionSink {
  @Override
  public List<PredictionReceipt> store(List<Prediction> predictions) {
    ProfileStore.Writing writing = profiles.begin(predictions);
    try {
      List<PredictionReceipt> receipts = sink.store(predictions);
      for (int each = 0; each < receipts.size(); each++) {
        if (receipts.get(each) instanceof PredictionReceipt.Stored) {
          writing.add(predictions.get(each));
        }
      }
      writing.flush();
      return receipts;
    } catch (RuntimeException | Error failure) {
      writing.doubt();
      throw failure;
    } finally {
      writing.end();
    }
  }

  @Override
  public List<TruthReceipt> join(List<GroundTruth> truths) {
    return sink.join(truths);
  }
}
