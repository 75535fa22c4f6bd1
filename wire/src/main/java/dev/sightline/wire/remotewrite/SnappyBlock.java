package dev.sightline.wire.remotewrite;

import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.snappy.SnappyJavaDecompressor;
import java.util.Arrays;

/// A body in snappy's block format. Its announced length is not believed before its own length
/// allows it.
final class SnappyBlock {
  /// The most that a block can grow by: three bytes that copy sixty-four.
  private static final int HIGHEST_RATIO = 22;

  private SnappyBlock() {}

  /// @param maxBytes once decompressed
  static byte[] decompress(byte[] body, int maxBytes) {
    try {
      SnappyJavaDecompressor snappy = new SnappyJavaDecompressor();
      int length = snappy.getUncompressedLength(body, 0);
      if (length > maxBytes) {
        throw new WriteException(
            "the body has " + length + " bytes decompressed, the limit is " + maxBytes);
      }
      if (length > (long) body.length * HIGHEST_RATIO) {
        throw new WriteException(
            "the body is no snappy block: "
                + body.length
                + " bytes that announce "
                + length
                + " decompressed");
      }
      byte[] plain = new byte[length];
      int size = snappy.decompress(body, 0, body.length, plain, 0, length);
      return size == length ? plain : Arrays.copyOf(plain, size);
    } catch (MalformedInputException | IndexOutOfBoundsException | IllegalArgumentException bad) {
      throw new WriteException("the body is no snappy block: " + bad.getMessage());
    }
  }
}
