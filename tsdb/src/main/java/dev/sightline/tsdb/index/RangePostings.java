package dev.sightline.tsdb.index;

/// Every number from 0 up to a bound.
public final class RangePostings implements Postings {
  private final int bound;
  private int at = -1;

  /// @param bound not included
  public RangePostings(int bound) {
    this.bound = bound;
  }

  @Override
  public int next() {
    return seek(at + 1);
  }

  @Override
  public int seek(int target) {
    at = Math.min(Math.max(at, target), bound);
    return at < bound ? at : END;
  }
}
