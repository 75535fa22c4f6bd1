package dev.sightline.stats.sketch;

import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.HllUnion;
import org.apache.datasketches.hll.TgtHllType;
import org.jspecify.annotations.Nullable;

/// A HyperLogLog sketch that is updated or merged; changes its form only when it has to, since each
/// change copies every register. Owned by one thread.
final class DistinctValues {
  private HllSketch sketch;

  /// While others are merged into it, instead of the sketch.
  private @Nullable HllUnion union;

  DistinctValues(HllSketch sketch) {
    this.sketch = sketch;
  }

  private HllSketch sketch() {
    if (union != null) {
      sketch = union.getResult(TgtHllType.HLL_8);
      union = null;
    }
    return sketch;
  }

  /// To be updated: in the form in which that is fastest.
  HllSketch updated() {
    HllSketch now = sketch();
    if (now.getTgtHllType() != TgtHllType.HLL_8) {
      now = now.copyAs(TgtHllType.HLL_8);
      sketch = now;
    }
    return now;
  }

  void merge(DistinctValues other) {
    HllUnion into = union;
    if (into == null) {
      into = new HllUnion(NumberSketch.LOG_DISTINCT);
      into.update(sketch);
      union = into;
    }
    into.update(other.sketch());
  }

  double estimate() {
    return sketch().getEstimate();
  }

  /// Compact, 4 bits a register.
  byte[] bytes() {
    return sketch().copyAs(TgtHllType.HLL_4).toCompactByteArray();
  }
}
