package dev.sightline.model.log;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Looks for a text within bytes of lines, eight at a time. Not changed any more.
public final class ByteSearch {
  /*
   * Two bytes of the text, its two rarest, are compared at their distance with eight places at once; only where
   * both agree is the whole text compared. A byte of `x` is zero where (x - 0x01…) & ~x & 0x80… has its high bit;
   * that may also mark the byte above a true zero, which costs a comparison and never a match.
   */
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  /// Bytes in the order of how often logs have them.
  private static final String FREQUENT = " e0t1a2\"o3n4r5i6s7c8d9l-:m.p=uh,/g_f{}bvy[]wk()";

  private final byte[] text;
  private final boolean folded;

  /// set in every byte before it is compared: makes letters small where case does not count
  private final long fold;

  private final int first;
  private final int second;
  private final long firstBytes;
  private final long secondBytes;

  public ByteSearch(String text) {
    this(text, false);
  }

  /// @param folded whether the case of ASCII letters does not count
  public ByteSearch(String wanted, boolean folded) {
    String same = folded ? wanted.toLowerCase(Locale.ROOT) : wanted;
    this.text = same.getBytes(StandardCharsets.UTF_8);
    this.folded = folded;
    this.fold = folded ? 0x20 * ONES : 0;
    int rarest = 0;
    for (int i = 1; i < text.length; i++) {
      rarest = frequency(text[i]) < frequency(text[rarest]) ? i : rarest;
    }
    int next = rarest == 0 && text.length > 1 ? 1 : 0;
    for (int i = 0; i < text.length; i++) {
      next = i != rarest && frequency(text[i]) < frequency(text[next]) ? i : next;
    }
    this.first = text.length == 0 ? 0 : Math.min(rarest, next);
    this.second = text.length == 0 ? 0 : Math.max(rarest, next);
    this.firstBytes = text.length == 0 ? 0 : (text[first] & 0xFF) * ONES | fold;
    this.secondBytes = text.length == 0 ? 0 : (text[second] & 0xFF) * ONES | fold;
  }

  private static int frequency(byte b) {
    int at = FREQUENT.indexOf((char) (b & 0xFF));
    return at < 0 ? 0 : FREQUENT.length() - at;
  }

  /// In bytes.
  public int length() {
    return text.length;
  }

  /// @return the index of the first occurrence between `from` and `to`, or -1
  public int indexOf(byte[] bytes, int from, int to) {
    if (text.length == 0) {
      return from;
    }
    int last = to - text.length;
    int at = from;
    // Eight starts at a time, as long as the last of them reads no byte behind `to`.
    for (; at <= last - 7; at += 8) {
      long a = ((long) LONGS.get(bytes, at + first) | fold) ^ firstBytes;
      long b = ((long) LONGS.get(bytes, at + second) | fold) ^ secondBytes;
      long both = a | b;
      long zeros = (both - ONES) & ~both & HIGHS;
      while (zeros != 0) {
        int candidate = at + (Long.numberOfTrailingZeros(zeros) >> 3);
        if (stands(bytes, candidate)) {
          return candidate;
        }
        zeros &= zeros - 1;
      }
    }
    for (; at <= last; at++) {
      if (stands(bytes, at)) {
        return at;
      }
    }
    return -1;
  }

  public boolean isIn(byte[] bytes, int from, int to) {
    return indexOf(bytes, from, to) >= 0;
  }

  /// Whether the text is at this place; the caller knows that there are bytes enough.
  public boolean stands(byte[] bytes, int at) {
    for (int i = 0; i < text.length; i++) {
      byte b = bytes[at + i];
      if (b != text[i] && !(folded && b >= 'A' && b <= 'Z' && b + 0x20 == text[i])) {
        return false;
      }
    }
    return true;
  }
}
