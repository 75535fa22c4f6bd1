package dev.sightline.model.prediction;

import java.util.Set;

/// Keeps what was made of many predictions by the hour, such as sketches, and makes it anew where
/// some of them are deleted. Safe for any number of threads.
public interface PredictionDigests {
  /// There are none.
  PredictionDigests NONE =
      new PredictionDigests() {
        @Override
        public Remaking begin(String model, Set<Long> hoursMs) {
          return () -> {};
        }

        @Override
        public boolean isMaking(String model) {
          return false;
        }
      };

  /// Says that predictions of some hours are about to be hidden. When this returns, it would
  /// survive a power cut that these hours are to be made anew.
  ///
  /// @param hoursMs starts of hours in UTC, Unix milliseconds
  Remaking begin(String model, Set<Long> hoursMs);

  /// Whether hours of a model are still to be made anew.
  boolean isMaking(String model);

  /// Hours that are made anew once this is closed, of what is shown then.
  interface Remaking extends AutoCloseable {
    @Override
    void close();
  }
}
