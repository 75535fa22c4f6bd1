package dev.sightline.predictions.head;

import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.model.prediction.PredictionSource.Labelled;
import dev.sightline.predictions.record.PredictionKey;
import dev.sightline.predictions.record.RecordCodec;
import dev.sightline.predictions.record.RecordCodec.Entry;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// One prediction in memory, encoded, with the truth that has been joined to it.
public final class Row {
  /// What a row costs besides its bytes: the object, its id and its places in two indexes.
  private static final int OVERHEAD_BYTES = 250;

  private final String id;
  private final long timeMs;
  private final long sequence;
  private final String version;
  private final byte[] encoded;
  private volatile @Nullable GroundTruth truth;

  Row(PredictionKey key, long sequence, byte[] encoded) {
    this.id = key.id();
    this.timeMs = key.timeMs();
    this.sequence = sequence;
    this.version = key.version().intern();
    this.encoded = encoded;
  }

  String id() {
    return id;
  }

  long timeMs() {
    return timeMs;
  }

  String version() {
    return version;
  }

  Place place() {
    return new Place(timeMs, sequence);
  }

  long bytes() {
    return (long) encoded.length + OVERHEAD_BYTES;
  }

  /// The record that it was read from; not to be changed.
  public byte[] encoded() {
    return encoded;
  }

  public @Nullable GroundTruth truth() {
    return truth;
  }

  void join(GroundTruth joined) {
    truth = joined;
  }

  Labelled read() {
    return switch (RecordCodec.decode(ByteBuffer.wrap(encoded))) {
      case Entry.OfPrediction(Prediction prediction) -> new Labelled(prediction, truth);
      case Entry.OfTruth(GroundTruth other) ->
          throw new IllegalStateException(
              "BUG: a truth stands in for prediction " + other.predictionId());
    };
  }

  /// Where a row stands among those of its model: by time, equal times by arrival.
  record Place(long timeMs, long sequence) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byTime = Long.compare(timeMs, other.timeMs);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }
}
