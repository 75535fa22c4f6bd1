package dev.sightline.logstore.block;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The frames read last: streams with few lines share a frame, and are read one after the other.
///
/// Safe for any number of threads.
public final class FrameCache {
  private final long maxBytes;

  // guarded by this
  private final Map<Key, Frame> frames = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  private record Key(Block block, int number) {}

  /// @param maxBytes what all frames in here may take, decompressed
  public FrameCache(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  synchronized @Nullable Frame find(Block block, int number) {
    return frames.get(new Key(block, number));
  }

  synchronized void keep(Block block, int number, Frame frame) {
    if (frames.put(new Key(block, number), frame) == null) {
      bytes += frame.memoryBytes();
    }
    Iterator<Frame> oldest = frames.values().iterator();
    while (bytes > maxBytes && oldest.hasNext()) {
      bytes -= oldest.next().memoryBytes();
      oldest.remove();
    }
  }
}
