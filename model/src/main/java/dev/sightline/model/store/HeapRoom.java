package dev.sightline.model.store;

/// Tells stores whether there is memory for more of what stays there for hours.
///
/// Cheap enough to be asked for each new series. Safe for any number of threads.
@FunctionalInterface
public interface HeapRoom {
  /// Never scarce: for stores whose bounds are counts alone.
  HeapRoom PLENTY = () -> false;

  /// Whether what is kept already comes so near to the whole heap that more would endanger the
  /// process.
  boolean isScarce();
}
