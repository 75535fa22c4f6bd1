package dev.sightline.server.config;

import dev.sightline.gateway.config.GatewayLimits;
import dev.sightline.logstore.LogStoreOptions;
import dev.sightline.predictions.PredictionStoreOptions;

/// Bounds of memory for a heap of a given size: those of a large machine, or a share of the heap
/// where that is less, so that on a small one the rest of the process has room.
///
/// @param heapBytes the largest that the heap may become
record HeapShare(long heapBytes) {
  static HeapShare ofThisProcess() {
    return new HeapShare(Runtime.getRuntime().maxMemory());
  }

  PredictionStoreOptions predictions() {
    PredictionStoreOptions large = PredictionStoreOptions.DEFAULT;
    return large.withHeadBytes(least(large.headBytes(), 8));
  }

  LogStoreOptions logs() {
    LogStoreOptions large = LogStoreOptions.DEFAULT;
    return large
        .withHeadBytes(least(large.headBytes(), 16))
        .withCacheBytes(least(large.cacheBytes(), 16));
  }

  GatewayLimits gateway() {
    GatewayLimits large = GatewayLimits.DEFAULT;
    return large.withCopiesBytes(least(large.copiesBytes(), 16));
  }

  private long least(long bytes, int share) {
    return Math.min(bytes, heapBytes / share);
  }
}
