package dev.sightline.predictions.part;

import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.zstd.ZstdJavaDecompressor;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// Unpacks blocks of zstd. The tables of a decompressor take longer to make than a small block
/// takes to unpack, so a few are kept.
///
/// Safe for any number of threads.
final class ZstdUnpacking {
  private static final int MOST_KEPT = 4;
  private static final BlockingQueue<ZstdJavaDecompressor> KEPT =
      new LinkedBlockingQueue<>(MOST_KEPT);

  private ZstdUnpacking() {}

  /// @return how many bytes of `into` were filled
  /// @throws MalformedInputException if `packed` is damaged, or `into` too short for it
  static int unpack(byte[] packed, byte[] into) {
    ZstdJavaDecompressor kept = KEPT.poll();
    ZstdJavaDecompressor decompressor = kept == null ? new ZstdJavaDecompressor() : kept;
    int read = decompressor.decompress(packed, 0, packed.length, into, 0, into.length);
    boolean _ = KEPT.offer(decompressor); // not one that has met damaged bytes
    return read;
  }
}
