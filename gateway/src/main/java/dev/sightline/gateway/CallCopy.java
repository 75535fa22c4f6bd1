package dev.sightline.gateway;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The bodies of one call, as far as they fit. A copy that is dropped gives its memory back at once
/// and takes no more.
final class CallCopy {
  private final CopyBudget budget;
  private final int limitBytes;
  private final boolean wanted;

  // guarded by this: all below
  private final Body request = new Body();
  private final Body response = new Body();
  private long heldBytes;
  private @Nullable DropReason dropped;
  private boolean released;

  /// @param wanted whether the bodies matter; if not, none is kept
  CallCopy(CopyBudget budget, int limitBytes, boolean wanted) {
    this.budget = budget;
    this.limitBytes = limitBytes;
    this.wanted = wanted;
  }

  void addRequest(ByteBuffer bytes) {
    add(request, bytes);
  }

  void addResponse(ByteBuffer bytes) {
    add(response, bytes);
  }

  synchronized void drop(DropReason reason) {
    if (dropped == null) {
      dropped = reason;
    }
    release();
  }

  /// Gives the memory back; nothing is kept from now on.
  synchronized void release() {
    budget.giveBack(heldBytes);
    heldBytes = 0;
    released = true;
    request.clear();
    response.clear();
  }

  /// Why the copy was dropped, or null if it was not.
  synchronized @Nullable DropReason dropped() {
    return dropped;
  }

  synchronized byte[] request() {
    return request.bytes();
  }

  synchronized byte[] response() {
    return response.bytes();
  }

  private synchronized void add(Body body, ByteBuffer bytes) {
    if (!wanted || released) {
      return;
    }
    if (request.size + response.size + bytes.remaining() > limitBytes) {
      drop(DropReason.TOO_LARGE);
      return;
    }
    int growth = body.growthFor(bytes.remaining());
    if (growth > 0 && !budget.take(growth)) {
      drop(DropReason.MEMORY);
      return;
    }
    heldBytes += growth;
    body.add(bytes, growth);
  }

  /// Bytes that grow by doubling.
  private static final class Body {
    private static final int FIRST_CAPACITY = 1_024;
    private static final byte[] NONE = {};

    private byte[] buffer = NONE;
    private int size;

    int growthFor(int count) {
      if (size + count <= buffer.length) {
        return 0;
      }
      int capacity = Math.max(FIRST_CAPACITY, Math.max(size + count, buffer.length * 2));
      return capacity - buffer.length;
    }

    void add(ByteBuffer bytes, int growth) {
      if (growth > 0) {
        buffer = Arrays.copyOf(buffer, buffer.length + growth);
      }
      int count = bytes.remaining();
      bytes.get(buffer, size, count);
      size += count;
    }

    byte[] bytes() {
      return Arrays.copyOf(buffer, size);
    }

    void clear() {
      buffer = NONE;
      size = 0;
    }
  }
}
