package dev.sightline.gateway.capture;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The bodies of one call, as far as they fit. A copy that is dropped gives its memory back at once
/// and takes no more.
///
/// Of a stream of events that does not fit, beginning and end are kept: there it says how it began
/// and why it ended, and how much it was.
public final class CallCopy {
  /// The end of a stream may take one part in so many of the whole copy.
  private static final int END_SHARE = 4;

  private static final byte[] GAP = {'\n', '\n'};
  private static final byte[] NO_BYTES = {};

  private final CopyBudget budget;
  private final int limitBytes;
  private final boolean wanted;

  // guarded by this: all below
  private final Body request = new Body();
  private final Body response = new Body();
  private boolean streamed;
  private @Nullable LastBytes end;
  private long heldBytes;
  private @Nullable DropReason dropped;
  private boolean released;

  /// @param wanted whether the bodies matter; if not, none is kept
  CallCopy(CopyBudget budget, int limitBytes, boolean wanted) {
    this.budget = budget;
    this.limitBytes = limitBytes;
    this.wanted = wanted;
  }

  public void addRequest(ByteBuffer bytes) {
    add(request, bytes);
  }

  public synchronized void addResponse(ByteBuffer bytes) {
    if (!streamed || !wanted || released) {
      add(response, bytes);
      return;
    }
    int room = Math.max(0, limitBytes - request.size - response.size - endBytes());
    if (end == null && bytes.remaining() > room && budget.take(endBytes())) {
      heldBytes += endBytes();
      end = new LastBytes(endBytes());
    }
    if (end == null) {
      add(response, bytes);
      return;
    }
    ByteBuffer first = bytes.slice(bytes.position(), Math.min(room, bytes.remaining()));
    bytes.position(bytes.position() + first.remaining());
    if (first.hasRemaining() && end.isEmpty()) {
      add(response, first);
    } else {
      end.add(first);
    }
    end.add(bytes);
  }

  private int endBytes() {
    return limitBytes / END_SHARE;
  }

  /// The answer is a stream of events.
  synchronized void expectStream() {
    streamed = true;
  }

  /// Whether something of the answer is missing between its beginning and its end.
  synchronized boolean isCut() {
    return end != null && end.hasLost();
  }

  public synchronized void drop(DropReason reason) {
    if (dropped == null) {
      dropped = reason;
    }
    release();
  }

  /// Gives the memory back; nothing is kept from now on.
  public synchronized void release() {
    budget.giveBack(heldBytes);
    heldBytes = 0;
    released = true;
    request.clear();
    response.clear();
    end = null;
  }

  /// Why the copy was dropped, or null if it was not.
  synchronized @Nullable DropReason dropped() {
    return dropped;
  }

  public synchronized byte[] request() {
    return request.bytes();
  }

  /// Of a stream that is cut, an empty line stands for what is missing.
  synchronized byte[] response() {
    byte[] beginning = response.bytes();
    if (end == null) {
      return beginning;
    }
    byte[] gap = end.hasLost() ? GAP : NO_BYTES;
    byte[] last = end.bytes();
    byte[] all = Arrays.copyOf(beginning, beginning.length + gap.length + last.length);
    System.arraycopy(gap, 0, all, beginning.length, gap.length);
    System.arraycopy(last, 0, all, beginning.length + gap.length, last.length);
    return all;
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

    private byte[] buffer = NO_BYTES;
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
      buffer = NO_BYTES;
      size = 0;
    }
  }
}
