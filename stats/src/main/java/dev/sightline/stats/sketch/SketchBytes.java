package dev.sightline.stats.sketch;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// The frame around the bytes of a sketch: a checksum at the end, so that the library never reads
/// damaged ones. It trusts the sizes in them, and would ask for gigabytes.
final class SketchBytes {
  private static final int CHECKSUM = Integer.BYTES;

  private SketchBytes() {}

  /// Room for a sketch of this size; [#seal] ends it.
  static ByteBuffer room(int size) {
    return ByteBuffer.allocate(size + CHECKSUM);
  }

  /// @param buffer filled up to its checksum
  static byte[] seal(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.capacity()];
    buffer.flip();
    buffer.get(bytes, 0, buffer.limit());
    ByteBuffer.wrap(bytes).putInt(bytes.length - CHECKSUM, checksum(bytes));
    return bytes;
  }

  /// @throws IllegalArgumentException if the checksum or the version is another
  static ByteBuffer open(byte[] bytes, byte version) {
    if (bytes.length <= CHECKSUM
        || ByteBuffer.wrap(bytes).getInt(bytes.length - CHECKSUM) != checksum(bytes)) {
      throw new IllegalArgumentException("the bytes of a sketch are damaged");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, bytes.length - CHECKSUM);
    byte found = buffer.get();
    if (found != version) {
      throw new IllegalArgumentException("a sketch of version " + found + ", not " + version);
    }
    return buffer;
  }

  /// The next part: its size, then its bytes.
  static byte[] part(ByteBuffer buffer) {
    byte[] part = new byte[Math.clamp(buffer.getInt(), 0, buffer.remaining())];
    buffer.get(part);
    return part;
  }

  private static int checksum(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, bytes.length - CHECKSUM);
    return (int) checksum.getValue();
  }
}
