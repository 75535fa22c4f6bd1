package dev.sightline.wire.csv;

import java.math.BigInteger;

/// The double nearest to a decimal number, at the price of a few multiplications.
final class DecimalText {
  /*
   * D. Lemire, "Number parsing at a gigabyte per second" (2021): w · 10^q is w · 5^q · 2^q. The first 128
   * bits of 5^q stand in a table; the upper 64 of w times them decide the mantissa unless they lie within
   * the table's error of a boundary, which the function then says. Up to 2^53 and 10^22 one
   * multiplication or division of doubles is exact already (W. Clinger, 1990).
   */
  private static final int LEAST = -342;
  private static final int MOST = 308;
  private static final double[] EXACT = new double[23];
  private static final long[] HIGH = new long[MOST - LEAST + 1];
  private static final long[] LOW = new long[MOST - LEAST + 1];
  private static final BigInteger TWO_128 = BigInteger.ONE.shiftLeft(128);

  static {
    EXACT[0] = 1;
    for (int power = 1; power < EXACT.length; power++) {
      EXACT[power] = EXACT[power - 1] * 10;
    }
    for (int power = LEAST; power <= MOST; power++) {
      BigInteger bits = leadingBitsOfFive(power);
      HIGH[power - LEAST] = bits.shiftRight(64).longValue();
      LOW[power - LEAST] = bits.longValue();
    }
  }

  private DecimalText() {}

  /// @param digits not negative
  /// @return NaN where only exact arithmetic could tell
  static double of(long digits, int power) {
    if (digits < 1L << 53 && power >= -22 && power <= 22) {
      return power < 0 ? digits / EXACT[-power] : digits * EXACT[power];
    }
    if (digits == 0 || power < LEAST) {
      return 0;
    }
    return power > MOST ? Double.POSITIVE_INFINITY : rounded(digits, power);
  }

  private static double rounded(long digits, int power) {
    int zeros = Long.numberOfLeadingZeros(digits);
    long w = digits << zeros;
    long first = HIGH[power - LEAST];
    long high = Math.unsignedMultiplyHigh(w, first);
    long low = w * first;
    if ((high & 0x1FF) == 0x1FF) {
      long more = Math.unsignedMultiplyHigh(w, LOW[power - LEAST]);
      low += more;
      high += Long.compareUnsigned(more, low) > 0 ? 1 : 0;
    }
    if (low == -1 && (power < -27 || power > 55)) {
      return Double.NaN;
    }
    int upper = (int) (high >>> 63);
    long mantissa = high >>> (upper + 9);
    int exponent = ((217_706 * power) >> 16) + 63 + upper - zeros + 1023;
    if (exponent <= 0) {
      return subnormal(mantissa, exponent);
    }
    boolean halfway = Long.compareUnsigned(low, 1) <= 0 && power >= -4 && power <= 23;
    if (halfway && (mantissa & 3) == 1 && mantissa << (upper + 9) == high) {
      mantissa &= ~1L;
    }
    mantissa = (mantissa + (mantissa & 1)) >>> 1;
    if (mantissa >= 1L << 53) {
      mantissa = 1L << 52;
      exponent++;
    }
    return exponent >= 0x7FF
        ? Double.POSITIVE_INFINITY
        : Double.longBitsToDouble((mantissa & ~(1L << 52)) | ((long) exponent << 52));
  }

  private static double subnormal(long mantissa, int exponent) {
    if (1 - exponent >= Long.SIZE) {
      return 0;
    }
    long shifted = mantissa >>> (1 - exponent);
    return Double.longBitsToDouble((shifted + (shifted & 1)) >>> 1);
  }

  /// The first 128 bits of 5^power: cut for powers from 0, one more than cut below.
  private static BigInteger leadingBitsOfFive(int power) {
    BigInteger five = BigInteger.valueOf(5).pow(Math.abs(power));
    if (power >= 0) {
      int surplus = five.bitLength() - 128;
      return surplus > 0 ? five.shiftRight(surplus) : five.shiftLeft(-surplus);
    }
    int size = five.subtract(BigInteger.ONE).bitLength();
    int shift = power >= -27 ? size + 127 : 2 * size + 128;
    BigInteger bits = BigInteger.ONE.shiftLeft(shift).divide(five).add(BigInteger.ONE);
    while (bits.compareTo(TWO_128) >= 0) {
      bits = bits.shiftRight(1);
    }
    return bits;
  }
}
