package dev.sightline.logstore.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// A hash of bytes, 64 bits wide and fast. It is part of the format of blocks: its results never
/// change.
public final class LineHash {
  /*
   * Sixteen bytes a step: both halves are mixed with what came before and multiplied to 128 bits, of
   * which high and low are joined by xor. The last step takes the last bytes, overlapping those before
   * where there are enough of them, and the length.
   */
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long FIRST = 0xa076_1d64_78bd_642fL;
  private static final long SECOND = 0xe703_7ed1_a0b4_28dbL;
  private static final long THIRD = 0x8ebc_6af0_9c88_c6e3L;

  private LineHash() {}

  public static long of(byte[] bytes, int from, int to, long seed) {
    long hash = seed ^ FIRST;
    int at = from;
    while (to - at > 16) {
      hash = mix(eight(bytes, at) ^ SECOND, eight(bytes, at + 8) ^ hash);
      at += 16;
    }
    int left = to - at;
    long low = 0;
    long high = 0;
    if (left >= 8) {
      low = eight(bytes, at);
      high = eight(bytes, to - 8);
    } else if (left >= 4) {
      low = (int) INT.get(bytes, at) & 0xffff_ffffL;
      high = (int) INT.get(bytes, to - 4) & 0xffff_ffffL;
    } else {
      for (int i = 0; i < left; i++) {
        low = low << 8 | bytes[at + i] & 0xff;
      }
    }
    return mix(SECOND ^ (to - from), mix(low ^ SECOND, high ^ hash));
  }

  /// Joins a number to a hash.
  public static long with(long hash, long number) {
    return mix(hash ^ THIRD, number ^ SECOND);
  }

  private static long mix(long left, long right) {
    return left * right ^ Math.unsignedMultiplyHigh(left, right);
  }

  private static long eight(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }
}
