package dev.sightline.gateway.capture;

import java.nio.ByteBuffer;

/// The last bytes of a stream, as many as have room.
public final class LastBytes {
  private final byte[] ring;
  private long count;

  LastBytes(int capacity) {
    ring = new byte[capacity];
  }

  boolean isEmpty() {
    return count == 0;
  }

  /// Whether there were more bytes than have room.
  boolean hasLost() {
    return count > ring.length;
  }

  void add(ByteBuffer bytes) {
    int excess = bytes.remaining() - ring.length;
    if (excess > 0) {
      bytes.position(bytes.position() + excess);
      count += excess;
    }
    while (bytes.hasRemaining()) {
      int at = (int) (count % ring.length);
      int length = Math.min(bytes.remaining(), ring.length - at);
      bytes.get(ring, at, length);
      count += length;
    }
  }

  byte[] bytes() {
    int length = (int) Math.min(count, ring.length);
    byte[] last = new byte[length];
    int start = (int) ((count - length) % ring.length);
    int first = Math.min(length, ring.length - start);
    System.arraycopy(ring, start, last, 0, first);
    System.arraycopy(ring, 0, last, first, length - first);
    return last;
  }
}
