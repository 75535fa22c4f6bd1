package dev.sightline.quality.profile;

import dev.sightline.model.prediction.Datum;
import dev.sightline.model.prediction.Prediction;
import dev.sightline.quality.baseline.Source;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/// What is kept of the rows of one slice in one span of time, by feature. Owned by one thread.
public final class SliceProfile {
  /// Of one slice; further ones are not kept.
  static final int MOST_FEATURES = 1_000;

  private final int k;
  private final Map<String, FeatureProfile> features = new LinkedHashMap<>();
  private long rows;
  private long unkept;

  SliceProfile(int k) {
    this.k = k;
  }

  void add(Prediction row) {
    rows++;
    row.features().forEach(this::add);
    add(Source.OUTPUT, row.output());
    if (row.confidence() != null) {
      FeatureProfile confidence = feature(Source.CONFIDENCE);
      if (confidence != null) {
        confidence.add(row.confidence());
      }
    }
  }

  private void add(String name, Datum value) {
    FeatureProfile feature = feature(name);
    if (feature == null) {
      unkept++;
    } else {
      feature.add(value);
    }
  }

  @org.jspecify.annotations.Nullable
  FeatureProfile feature(String name) {
    FeatureProfile known = features.get(name);
    if (known == null && features.size() < MOST_FEATURES) {
      known = new FeatureProfile(k);
      features.put(name, known);
    }
    return known;
  }

  void addRows(long more) {
    rows += more;
  }

  void merge(SliceProfile other, Predicate<String> wanted) {
    rows += other.rows;
    unkept += other.unkept;
    other.features.forEach(
        (name, theirs) -> {
          if (wanted.test(name)) {
            FeatureProfile ours = feature(name);
            if (ours == null) {
              unkept += theirs.n();
            } else {
              ours.merge(theirs);
            }
          }
        });
  }

  public long rows() {
    return rows;
  }

  /// Values of features for which there was no room.
  public long unkept() {
    return unkept;
  }

  void addUnkept(long more) {
    unkept += more;
  }

  public Map<String, FeatureProfile> features() {
    return Collections.unmodifiableMap(features);
  }

  int size() {
    return features.size();
  }

  void put(String name, FeatureProfile feature) {
    features.put(name, feature);
  }
}
