package dev.sightline.logql.stage;

import java.util.Arrays;

/// `decolorize`: takes the escape sequences of terminals (`ESC [ … letter`) out of the line.
final class DecolorizeStep implements Step {
  private static final byte ESCAPE = 0x1B;

  @Override
  public boolean apply(Line line) {
    byte[] bytes = line.bytes();
    int start = line.start();
    int end = line.end();
    int at = start;
    while (at < end && bytes[at] != ESCAPE) {
      at++;
    }
    if (at == end) {
      return true;
    }
    byte[] plain = new byte[end - start];
    int size = 0;
    for (int i = start; i < end; i++) {
      if (bytes[i] == ESCAPE && i + 1 < end && bytes[i + 1] == '[') {
        i += 2;
        while (i < end && (bytes[i] < '@' || bytes[i] > '~')) {
          i++;
        }
      } else {
        plain[size++] = bytes[i];
      }
    }
    line.setBytes(Arrays.copyOf(plain, size));
    return true;
  }
}
