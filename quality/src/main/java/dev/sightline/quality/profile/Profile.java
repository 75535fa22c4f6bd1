package dev.sightline.quality.profile;

import dev.sightline.model.prediction.Prediction;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What is kept of a model's rows in one span of time, by version and segment. Owned by one thread.
final class Profile {
  /// Versions times segments; rows of further ones are only counted.
  static final int MOST_SLICES = 200;

  /// Features of all slices together; slices that would bring more are only counted.
  static final int MOST_FEATURES = 4_000;

  private final int k;
  private final Map<Slice, SliceProfile> slices = new LinkedHashMap<>();
  private long dropped;

  /// @param k how fine quantiles are
  Profile(int k) {
    this.k = k;
  }

  /// @param segments that the row is in, as users ask for them
  void add(Prediction row, List<String> segments) {
    SliceProfile all = slice(new Slice(row.version(), ""));
    if (all == null) {
      dropped++;
    } else {
      all.add(row);
    }
    for (String segment : segments) {
      SliceProfile one = slice(new Slice(row.version(), segment));
      if (one == null) {
        dropped++;
      } else {
        one.add(row);
      }
    }
  }

  /// @return null where there is no room for it
  @Nullable SliceProfile slice(Slice slice) {
    SliceProfile known = slices.get(slice);
    if (known == null && slices.size() < MOST_SLICES && size() < MOST_FEATURES) {
      known = new SliceProfile(k);
      slices.put(slice, known);
    }
    return known;
  }

  void merge(Profile other, Predicate<Slice> wanted, Predicate<String> features) {
    dropped += other.dropped;
    other.slices.forEach(
        (slice, theirs) -> {
          if (wanted.test(slice)) {
            SliceProfile ours = slice(slice);
            if (ours == null) {
              dropped += theirs.rows();
            } else {
              ours.merge(theirs, features);
            }
          }
        });
  }

  int k() {
    return k;
  }

  /// By version and segment.
  Map<Slice, SliceProfile> slices() {
    return Collections.unmodifiableMap(slices);
  }

  void put(Slice slice, SliceProfile profile) {
    slices.put(slice, profile);
  }

  /// Rows that a slice would have had for which there was no room; a row counts for each.
  long dropped() {
    return dropped;
  }

  void addDropped(long more) {
    dropped += more;
  }

  /// Features of all slices.
  int size() {
    int all = 0;
    for (SliceProfile each : slices.values()) {
      all += each.size();
    }
    return all;
  }
}
