package dev.sightline.storage.wal;

import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.snappy.SnappyJavaDecompressor;
import io.airlift.compress.v3.zstd.ZstdJavaDecompressor;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Brings records back to the form in which they were appended.
final class RecordDecompressor {
  /// Longer ones were never written: what claims to be longer is damaged, and not believed.
  private static final int MAX_RECORD_BYTES = 128 << 20;

  private final SnappyJavaDecompressor snappy = new SnappyJavaDecompressor();
  private final ZstdJavaDecompressor zstd = new ZstdJavaDecompressor();
  private byte[] buffer = new byte[0];

  /// @param compression 0, [LogFormat#SNAPPY] or [LogFormat#ZSTD]
  /// @return valid until the next call; null if the bytes make no sense
  @Nullable ByteBuffer decompress(byte[] bytes, int length, int compression) {
    if (compression == 0) {
      return ByteBuffer.wrap(bytes, 0, length);
    }
    try {
      long declared =
          compression == LogFormat.SNAPPY
              ? snappy.getUncompressedLength(bytes, 0)
              : zstd.getDecompressedSize(bytes, 0, length);
      if (declared <= 0 || declared > MAX_RECORD_BYTES) {
        return null;
      }
      if (buffer.length < declared) {
        buffer = new byte[(int) declared];
      }
      int count =
          compression == LogFormat.SNAPPY
              ? snappy.decompress(bytes, 0, length, buffer, 0, (int) declared)
              : zstd.decompress(bytes, 0, length, buffer, 0, (int) declared);
      return count == declared ? ByteBuffer.wrap(buffer, 0, count) : null;
    } catch (MalformedInputException | IndexOutOfBoundsException | IllegalArgumentException _) {
      return null;
    }
  }
}
