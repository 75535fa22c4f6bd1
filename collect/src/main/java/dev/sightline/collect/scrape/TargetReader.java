package dev.sightline.collect.scrape;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Fetches the metrics of one target. Owned by one thread, which any other may interrupt by
/// closing.
interface TargetReader extends AutoCloseable {
  /// @return valid until the next call
  /// @throws ScrapeException if there is no complete answer within `timeout`
  Body read(Duration timeout);

  /// Gives back what it holds, and makes a [#read] under way fail soon. May be called by any
  /// thread.
  @Override
  void close();

  /// A target's text, decompressed, in the reader's own buffer.
  final class Body {
    private final byte[] bytes;
    private final int length;
    private final @Nullable String contentType;

    /// @param contentType as the target declared it, or null
    Body(byte[] bytes, int length, @Nullable String contentType) {
      this.bytes = bytes;
      this.length = length;
      this.contentType = contentType;
    }

    /// Valid up to [#length].
    byte[] bytes() {
      return bytes;
    }

    int length() {
      return length;
    }

    @Nullable String contentType() {
      return contentType;
    }
  }
}
