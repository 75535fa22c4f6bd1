package dev.sightline.api.http;

import java.time.Duration;

/// How much of anything one call or connection may take.
///
/// @param connections open at once; past it, the one that has waited longest without a complete
///   request makes room
/// @param headerBytes of a request's line and headers together
/// @param headerTime from the first byte of a request to the end of its headers
/// @param idleTime a connection may be silent
/// @param bodyBytes of a body as it is sent
/// @param decompressedBytes of a body once it is decompressed
/// @param decompressionRatio how many times larger decompression may make a body
public record HttpLimits(
    int connections,
    int headerBytes,
    Duration headerTime,
    Duration idleTime,
    long bodyBytes,
    long decompressedBytes,
    int decompressionRatio) {
  public static final HttpLimits DEFAULT =
      new HttpLimits(
          1_024,
          32 * 1_024,
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          16L * 1_024 * 1_024,
          32L * 1_024 * 1_024,
          100);
}
