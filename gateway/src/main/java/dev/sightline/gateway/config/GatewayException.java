package dev.sightline.gateway.config;

/// The gateway cannot be opened as configured; the message says what stands against it.
public final class GatewayException extends RuntimeException {
  public GatewayException(String message, Throwable cause) {
    super(message, cause);
  }
}
