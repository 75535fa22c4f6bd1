package dev.sightline.logstore;

import dev.sightline.model.label.Labels;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How large a line may be, and how far its time may lie from now. The words are Loki's, because
/// clients look for them.
final class LineLimits {
  static final int MAX_NAME_LENGTH = 1024;
  static final int MAX_VALUE_LENGTH = 2048;
  static final int MAX_METADATA = 128;
  static final int MAX_METADATA_BYTES = 64 << 10;

  private static final long NS_PER_MS = 1_000_000;

  private final LogStoreOptions options;
  private final long nowMs;
  private final Map<Labels, Long> oldestNs = new HashMap<>();
  private final long newestNs;

  /// Names that do not survive UTF-8 would be others after a restart.
  private final CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();

  /// what is wrong with the streams met so far, empty if nothing is; lines of several alternate
  private final Map<Labels, String> streamObjections = new HashMap<>();

  LineLimits(long nowMs, LogStoreOptions options) {
    this.options = options;
    this.nowMs = nowMs;
    this.newestNs = (nowMs + options.ahead().toMillis()) * NS_PER_MS;
  }

  /// @return what is wrong, in the user's words; null if nothing is
  @Nullable String objection(Labels stream, long timestampNs, int lineBytes, Labels metadata) {
    String streamObjection = streamObjections.computeIfAbsent(stream, this::objection);
    if (!streamObjection.isEmpty()) {
      return streamObjection;
    }
    long oldest = oldestNs.computeIfAbsent(stream, this::oldestNs);
    if (timestampNs < oldest) {
      return "entry for stream '%s' has timestamp too old: %s, oldest acceptable timestamp is: %s"
          .formatted(stream, text(timestampNs), text(oldest));
    }
    if (timestampNs > newestNs) {
      return "entry for stream '%s' has timestamp too new: %s, newest acceptable timestamp is: %s"
          .formatted(stream, text(timestampNs), text(newestNs));
    }
    if (lineBytes > options.lineBytes()) {
      return "max entry size '%d' bytes exceeded for stream '%s' while adding an entry with length '%d' bytes"
          .formatted(options.lineBytes(), stream, lineBytes);
    }
    return metadata.isEmpty() ? null : metadataObjection(stream, metadata);
  }

  private long oldestNs(Labels stream) {
    return (nowMs - options.retention().periodOf(stream).toMillis()) * NS_PER_MS;
  }

  /// @return empty if nothing is wrong
  private String objection(Labels stream) {
    if (stream.isEmpty()) {
      return "error at least one label pair is required per stream";
    }
    for (int i = 0; i < stream.size(); i++) {
      String name = stream.name(i);
      if (name.length() > MAX_NAME_LENGTH) {
        return "stream '%s' has label name too long: '%s', the limit is %d characters"
            .formatted(start(stream), start(name), MAX_NAME_LENGTH);
      }
      if (stream.value(i).length() > MAX_VALUE_LENGTH) {
        return "stream '%s' has label value too long: '%s', the limit is %d characters"
            .formatted(start(stream), start(stream.value(i)), MAX_VALUE_LENGTH);
      }
      if (!encoder.canEncode(name) || !encoder.canEncode(stream.value(i))) {
        return "stream '%s' has label '%s' with half a character (a lone surrogate)"
            .formatted(start(stream), start(name));
      }
    }
    return "";
  }

  private static @Nullable String metadataObjection(Labels stream, Labels metadata) {
    long bytes = 0;
    for (int i = 0; i < metadata.size(); i++) {
      bytes += metadata.name(i).length() + metadata.value(i).length();
    }
    if (bytes > MAX_METADATA_BYTES) {
      return "stream '%s' has structured metadata too large: '%d' bytes, limit: '%d' bytes"
          .formatted(stream, bytes, MAX_METADATA_BYTES);
    }
    if (metadata.size() > MAX_METADATA) {
      return "stream '%s' has too many structured metadata labels: '%d', limit: '%d'"
          .formatted(stream, metadata.size(), MAX_METADATA);
    }
    return null;
  }

  private static String start(Object text) {
    String whole = text.toString();
    return whole.length() <= 200 ? whole : whole.substring(0, 200) + "…";
  }

  private static String text(long timestampNs) {
    return Instant.EPOCH
        .plus(Math.floorDiv(timestampNs, 1_000_000_000L), ChronoUnit.SECONDS)
        .toString();
  }
}
