package dev.sightline.api.http;

import java.time.Duration;
import java.util.List;

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
  /// Of the body of a call that is worked on while it comes, as it is sent.
  public static final long UPLOAD_BYTES = 2L << 30;

  /// The same once it is decompressed.
  public static final long UPLOAD_DECOMPRESSED_BYTES = 8L << 30;

  public static final HttpLimits DEFAULT =
      new HttpLimits(
          1_024,
          32 * 1_024,
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          16L * 1_024 * 1_024,
          32L * 1_024 * 1_024,
          100);

  /// All of them, for people to read.
  public List<Limit> list() {
    return List.of(
        new Limit("http.connections", connections, ""),
        new Limit("http.header_block", headerBytes, "bytes"),
        new Limit("http.header_time", headerTime.toMillis(), "milliseconds"),
        new Limit("http.idle_time", idleTime.toMillis(), "milliseconds"),
        new Limit("http.body", bodyBytes, "bytes"),
        new Limit("http.body_decompressed", decompressedBytes, "bytes"),
        new Limit("http.upload", UPLOAD_BYTES, "bytes"),
        new Limit("http.upload_decompressed", UPLOAD_DECOMPRESSED_BYTES, "bytes"),
        new Limit("http.decompression_ratio", decompressionRatio, ""));
  }
}
