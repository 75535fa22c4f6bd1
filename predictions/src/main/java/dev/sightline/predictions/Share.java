package dev.sightline.predictions;

/// Every so-manieth of things that are counted from 0.
///
/// @param which from 0
/// @param of how many shares there are
record Share(int which, int of) {
  static final Share ALL = new Share(0, 1);

  boolean has(long number) {
    return number % of == which;
  }
}
