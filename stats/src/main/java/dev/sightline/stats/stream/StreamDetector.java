package dev.sightline.stats.stream;

/// Watches a stream of values for a change. Owned by one thread.
public interface StreamDetector {
  /// What the newest value has shown.
  enum Signal {
    NONE,
    /// The stream looks different, without certainty yet.
    WARNING,
    /// The stream has changed; the next value begins a new one.
    DRIFT
  }

  /// @param value finite; of detectors of errors, 1 for an error and 0 for none
  Signal add(double value);

  /// All that it has learnt, so that another one of the same parameters can go on from here.
  double[] state();

  /// @param state of one of the same kind and parameters
  void restore(double[] state);
}
