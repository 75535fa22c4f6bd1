package dev.sightline.wire.otlp;

/// Why a request is none that OpenTelemetry's protocol knows, in the user's words.
public final class OtlpException extends RuntimeException {
  OtlpException(String message) {
    super(message);
  }
}
