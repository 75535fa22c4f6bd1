package dev.sightline.wire.remotewrite;

/// A body that is no remote write, with what is wrong in the sender's words.
public final class WriteException extends RuntimeException {
  public WriteException(String message) {
    super(message);
  }
}
