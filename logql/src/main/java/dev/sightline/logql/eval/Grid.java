package dev.sightline.logql.eval;

/// The moments at which an expression is evaluated.
///
/// @param stepNs at least 1
/// @param count at least 1
record Grid(long startNs, long stepNs, int count) {
  static Grid at(long timeNs) {
    return new Grid(timeNs, 1, 1);
  }

  long timeMs(int index) {
    return Math.floorDiv(startNs + index * stepNs, 1_000_000L);
  }

  long endNs() {
    return startNs + (count - 1) * stepNs;
  }
}
