package dev.sightline.stats.measure;

/// How intervals are found: their level, and for those without a formula how often and from which
/// seed observations are drawn again.
///
/// @param level 0 to 1
/// @param resamples 0 for no interval where none has a formula
public record Resampling(double level, int resamples, long seed) {
  public static final Resampling DEFAULT = new Resampling(0.95, 400, 20_240_508);

  public Resampling {
    if (!(level > 0 && level < 1) || resamples < 0) {
      throw new IllegalArgumentException("BUG: a level of " + level);
    }
  }
}
