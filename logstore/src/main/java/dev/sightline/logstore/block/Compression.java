package dev.sightline.logstore.block;

import dev.sightline.storage.codec.BadBytesException;
import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.zstd.ZstdCompressor;
import io.airlift.compress.v3.zstd.ZstdDecompressor;
import java.util.Arrays;

/// Zstandard, by the library of the system's kind where it can be loaded, otherwise in Java.
///
/// Bytes that do not get shorter stay as they are, which the equal lengths tell. Owned by one
/// thread.
final class Compression {
  private final ZstdCompressor compressor = ZstdCompressor.create();
  private byte[] buffer = new byte[0];

  /// @return an array of its own
  byte[] compress(byte[] raw, int length) {
    int bound = compressor.maxCompressedLength(length);
    if (buffer.length < bound) {
      buffer = new byte[bound];
    }
    int compressed = compressor.compress(raw, 0, length, buffer, 0, buffer.length);
    return compressed < length ? Arrays.copyOf(buffer, compressed) : Arrays.copyOf(raw, length);
  }

  /// @throws BadBytesException if they are not what was compressed
  static byte[] decompress(byte[] stored, int offset, int storedBytes, int rawBytes) {
    if (storedBytes == rawBytes) {
      return Arrays.copyOfRange(stored, offset, offset + storedBytes);
    }
    byte[] raw = new byte[rawBytes];
    try {
      int length =
          ZstdDecompressor.create().decompress(stored, offset, storedBytes, raw, 0, rawBytes);
      if (length != rawBytes) {
        throw new BadBytesException(length + " bytes where " + rawBytes + " should be");
      }
      return raw;
    } catch (MalformedInputException | IllegalArgumentException bad) {
      throw new BadBytesException("cannot be decompressed: " + bad.getMessage());
    }
  }
}
