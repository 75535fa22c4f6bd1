package dev.sightline.model.time;

/// The time, as a parameter: nothing in this project asks the system for it directly.
///
/// Safe for any number of threads.
public interface Clock {
  /// Unix milliseconds. May jump, in both directions: for what is stored and shown.
  long nowMs();

  /// Nanoseconds from an arbitrary start. Never runs backwards: for durations, time-outs and
  /// schedules.
  long monotonicNs();
}
