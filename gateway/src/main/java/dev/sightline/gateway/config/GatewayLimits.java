package dev.sightline.gateway.config;

import java.time.Duration;

/// What the gateway may use, and how long it waits.
///
/// @param connections of clients at a time; more wait to be accepted. The same for each upstream
/// @param headerBytes of a request, its first line included
/// @param headerTime from the first byte of a request to the end of its headers
/// @param clientIdle how long a client may neither send nor take anything while it is its turn
/// @param keepAlive how long a connection may wait for its next request
/// @param connectTime until an upstream has taken a connection
/// @param silence how long an upstream may say nothing
/// @param drainTime for the calls in flight when the gateway is closed
/// @param copyBytes of one call, request and response together
/// @param copiesBytes of all calls whose copies wait
/// @param copiesWaiting how many calls' copies may wait
public record GatewayLimits(
    int connections,
    int headerBytes,
    Duration headerTime,
    Duration clientIdle,
    Duration keepAlive,
    Duration connectTime,
    Duration silence,
    Duration drainTime,
    int copyBytes,
    long copiesBytes,
    int copiesWaiting) {
  public static final GatewayLimits DEFAULT =
      new GatewayLimits(
          1_024,
          32 << 10,
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofSeconds(30),
          256 << 10,
          64L << 20,
          8_192);

  public GatewayLimits withCopiesBytes(long copiesBytes) {
    return new GatewayLimits(
        connections,
        headerBytes,
        headerTime,
        clientIdle,
        keepAlive,
        connectTime,
        silence,
        drainTime,
        copyBytes,
        copiesBytes,
        copiesWaiting);
  }
}
