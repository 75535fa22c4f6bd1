package dev.sightline.predictions;

import dev.sightline.predictions.column.WordCodes;
import java.util.Arrays;

/// Tells one version from all others: 1 for it, 0 for them.
record VersionCodes(String wanted) implements WordCodes {
  @Override
  public int text(String word) {
    return word.equals(wanted) ? 1 : 0;
  }

  @Override
  public int number(double value) {
    return 0;
  }

  @Override
  public int flag(boolean value) {
    return 0;
  }

  @Override
  public int[] known(byte[] words, int count) {
    int[] codes = new int[count];
    Arrays.fill(codes, UNKNOWN);
    return codes;
  }
}
