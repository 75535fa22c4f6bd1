package dev.sightline.wire.whylogs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads profiles of either version: one of version 1 behind its four letters, or messages of
/// version 0, one or many behind their lengths, or one alone.
public final class ProfileReader {
  private static final byte[] MAGIC = "WHY1".getBytes(StandardCharsets.US_ASCII);

  private ProfileReader() {}

  /// @throws BadProfileException if these bytes are no profile
  public static List<WhylogsProfile> read(byte[] bytes) {
    if (bytes.length == 0) {
      throw new BadProfileException("no bytes at all");
    }
    if (bytes.length > MAGIC.length
        && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      return List.of(FirstVersion.read(bytes, MAGIC.length));
    }
    List<ProtoInput> messages = chain(bytes);
    if (messages.isEmpty()) {
      messages = List.of(new ProtoInput(bytes, 0, bytes.length));
    }
    List<WhylogsProfile> profiles = new ArrayList<>();
    for (ProtoInput message : messages) {
      profiles.add(OldVersion.read(message));
    }
    return profiles;
  }

  /// Messages behind their lengths that end exactly where the bytes do.
  ///
  /// @return empty if these are not such
  private static List<ProtoInput> chain(byte[] bytes) {
    List<ProtoInput> messages = new ArrayList<>();
    ProtoInput in = new ProtoInput(bytes, 0, bytes.length);
    try {
      while (!in.isAtEnd()) {
        messages.add(in.delimited());
      }
      return messages;
    } catch (BadProfileException _) {
      return List.of();
    }
  }
}
