package dev.sightline.tsdb.index;

/// Series numbers in rising order: what the index answers to one matcher, or to several combined.
///
/// Owned by one thread; stands before the first number until it is moved.
public interface Postings {
  /// Behind the last number.
  int END = Integer.MAX_VALUE;

  /// Moves to the next number.
  ///
  /// @return it, or [#END]
  int next();

  /// Moves to the first number at or above `target`; stays where it is if that is one.
  ///
  /// @return it, or [#END]
  int seek(int target);
}
