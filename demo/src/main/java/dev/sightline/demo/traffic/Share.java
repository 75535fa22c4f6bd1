package dev.sightline.demo.traffic;

import java.util.SplittableRandom;

/// Says yes to a share of its questions: in every ten as often as it should, at random places among
/// them, so that a short run shows the share too.
///
/// Owned by one thread.
final class Share {
  private static final int ROUND = 10;

  private final int percent;
  private final SplittableRandom random;
  private long asked;
  private long agreed;

  /// @param percent 0 to 100
  Share(int percent, SplittableRandom random) {
    this.percent = percent;
    this.random = random;
  }

  boolean next() {
    long roundEnd = (asked / ROUND + 1) * ROUND;
    long yesLeft = roundEnd * percent / 100 - agreed;
    boolean yes = random.nextLong(roundEnd - asked) < yesLeft;
    asked++;
    agreed += yes ? 1 : 0;
    return yes;
  }
}
