package dev.sightline.demo.client;

import org.jspecify.annotations.Nullable;

/// What became of one call.
public sealed interface CallOutcome {
  /// @param requestId that the gateway gave the call; null where it gave none
  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  record Answered(int status, @Nullable String requestId, byte[] body) implements CallOutcome {}

  /// No answer came, or only a part of one.
  record Unanswered(String reason) implements CallOutcome {}
}
