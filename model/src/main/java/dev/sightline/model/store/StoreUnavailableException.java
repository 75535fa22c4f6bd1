package dev.sightline.model.store;

/// A store cannot take anything now, whatever it is given: its disk is full or fails. Worth another
/// try later.
public final class StoreUnavailableException extends RuntimeException {
  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
