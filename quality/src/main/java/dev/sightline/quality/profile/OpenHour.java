package dev.sightline.quality.profile;

import dev.sightline.model.prediction.Prediction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One hour in memory. What it holds is guarded by itself, the rest by the store.
final class OpenHour {
  private final HourKey key;

  // guarded by this; null while it waits to be made of its rows
  private @Nullable Profile profile;

  /// Features of all slices, as of the last row.
  private volatile int size;

  /// How many calls store rows of this hour now.
  int writing;

  /// Whether it has rows that its file lacks.
  boolean dirty;

  /// Whether rows came since somebody looked.
  boolean touched;

  long touchedMs;

  OpenHour(HourKey key, @Nullable Profile profile, long nowMs) {
    this.key = key;
    this.profile = profile;
    this.size = profile == null ? 0 : profile.size();
    this.touchedMs = nowMs;
  }

  HourKey key() {
    return key;
  }

  int size() {
    return size;
  }

  synchronized boolean waits() {
    return profile == null;
  }

  /// Takes rows that were stored together: they wait for others once, not each for itself.
  ///
  /// @param segments of each row
  synchronized void add(List<Prediction> rows, List<List<String>> segments) {
    if (profile != null) {
      for (int row = 0; row < rows.size(); row++) {
        profile.add(rows.get(row), segments.get(row));
      }
      size = profile.size();
    }
  }

  synchronized void become(Profile made) {
    profile = made;
    size = made.size();
  }

  /// Waits from now on to be made of its rows.
  synchronized void forget() {
    profile = null;
    size = 0;
  }

  /// @return null while it waits to be made
  synchronized byte @Nullable [] encoded() {
    return profile == null ? null : ProfileCodec.encode(profile);
  }

  /// Merges what is wanted of it.
  ///
  /// @return whether there is anything to merge yet
  synchronized boolean mergeInto(Profile into, Wanted wanted) {
    if (profile == null) {
      return false;
    }
    into.merge(profile, wanted::slice, wanted::feature);
    return true;
  }
}
