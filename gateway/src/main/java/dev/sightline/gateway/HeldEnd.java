package dev.sightline.gateway;

import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/// A body whose end is held back until it is let go.
///
/// The client may send its next call when it has the end of this one. By then the upstream's
/// connection must be free again, or each second call would open another.
final class HeldEnd implements Content.Source {
  private final Content.Source source;

  // guarded by this: all below
  private Content.@Nullable Chunk end;
  private @Nullable Runnable waiting;
  private boolean letGo;

  HeldEnd(Content.Source source) {
    this.source = source;
  }

  void letGo() {
    Runnable reader;
    synchronized (this) {
      letGo = true;
      reader = waiting;
      waiting = null;
    }
    if (reader != null) {
      reader.run();
    }
  }

  @Override
  public Content.@Nullable Chunk read() {
    synchronized (this) {
      if (end == null) {
        Content.Chunk chunk = source.read();
        if (chunk == null || !chunk.isLast() || chunk.hasRemaining() || letGo) {
          return chunk;
        }
        if (Content.Chunk.isFailure(chunk)) {
          return chunk;
        }
        end = chunk;
      }
      return letGo ? end : null;
    }
  }

  @Override
  public void demand(Runnable demandCallback) {
    boolean atEnd;
    synchronized (this) {
      atEnd = end != null;
      if (atEnd && !letGo) {
        waiting = demandCallback;
        return;
      }
    }
    if (atEnd) {
      demandCallback.run();
    } else {
      source.demand(demandCallback);
    }
  }

  @Override
  public void fail(Throwable failure) {
    source.fail(failure);
  }
}
