package dev.sightline.tsdb.chunk;

/// The bytes of a chunk are not what its format promises.
public final class BadChunkException extends RuntimeException {
  public BadChunkException(String message) {
    super(message);
  }
}
