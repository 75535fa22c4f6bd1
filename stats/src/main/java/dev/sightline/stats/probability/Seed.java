package dev.sightline.stats.probability;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Random numbers that are the same on every machine and in every run.
public final class Seed {
  private Seed() {}

  /// One generator of JDK's L64X128MixRandom, whose numbers its documentation fixes.
  public static RandomGenerator generator(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }
}
