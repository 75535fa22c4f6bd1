package dev.sightline.predictions.head;

import dev.sightline.model.prediction.GroundTruth;
import dev.sightline.predictions.part.Place;
import dev.sightline.predictions.part.StoredRow;
import dev.sightline.predictions.record.PredictionKey;
import dev.sightline.predictions.record.TruthHistory;
import org.jspecify.annotations.Nullable;

/// One prediction in memory, encoded, with the truths that have been joined to it.
public final class Row {
  /// What a row costs besides its bytes: the object, its id and its places in two indexes.
  private static final int OVERHEAD_BYTES = 250;

  private final String id;
  private final Place place;
  private final String version;
  private final byte[] encoded;
  private volatile @Nullable TruthHistory truths;

  Row(PredictionKey key, long sequence, byte[] encoded, @Nullable TruthHistory truths) {
    this.id = key.id();
    this.place = new Place(key.timeMs(), sequence);
    this.version = key.version().intern();
    this.encoded = encoded;
    this.truths = truths;
  }

  String id() {
    return id;
  }

  String version() {
    return version;
  }

  Place place() {
    return place;
  }

  long bytes() {
    TruthHistory joined = truths;
    return (long) encoded.length + OVERHEAD_BYTES + (joined == null ? 0 : joined.bytes());
  }

  /// The record that it was read from; not to be changed.
  public byte[] encoded() {
    return encoded;
  }

  public @Nullable TruthHistory truths() {
    return truths;
  }

  void join(GroundTruth truth) {
    TruthHistory before = truths;
    TruthHistory now = TruthHistory.of(truth);
    truths = before == null ? now : before.then(now);
  }

  public StoredRow stored() {
    return new StoredRow(place, encoded, truths);
  }
}
