package dev.sightline.gateway;

import java.nio.ByteBuffer;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/// A body on its way through: whoever reads it reads the original, an observer sees it pass.
///
/// Nothing is kept, so the reader's pace is the writer's. Until something was read, a reader that
/// gives up harms nothing: another may read it instead.
final class ObservedContent implements Request.Content {
  /// Sees a body pass. Called by the reading thread, and must be quick.
  interface Observer {
    /// @param bytes to look at, valid during the call
    void passed(ByteBuffer bytes);

    /// The body is complete.
    void ended();

    /// The body breaks off, or stops coming.
    void broke(Throwable cause);
  }

  private final Content.Source source;
  private final Observer observer;

  /// Whether the reader wants no more; the failure that it reads then is its own.
  private volatile boolean givenUp;

  private volatile boolean touched;

  ObservedContent(Content.Source source, Observer observer) {
    this.source = source;
    this.observer = observer;
  }

  /// What the body is, its headers say.
  @Override
  public @Nullable String getContentType() {
    return null;
  }

  @Override
  public long getLength() {
    return source.getLength();
  }

  @Override
  public Content.@Nullable Chunk read() {
    touched = true;
    Content.Chunk chunk = source.read();
    if (chunk == null) {
      return null;
    }
    if (Content.Chunk.isFailure(chunk)) {
      if (!givenUp) {
        observer.broke(chunk.getFailure());
      }
      return chunk;
    }
    if (chunk.hasRemaining()) {
      observer.passed(chunk.getByteBuffer().slice());
    }
    if (chunk.isLast()) {
      observer.ended();
    }
    return chunk;
  }

  @Override
  public void demand(Runnable demandCallback) {
    source.demand(demandCallback);
  }

  @Override
  public void fail(Throwable failure) {
    givenUp = true;
    if (touched) {
      source.fail(failure);
    }
  }

  /// Whether anybody has read from it, so that nobody else can any more.
  boolean isTouched() {
    return touched;
  }
}
