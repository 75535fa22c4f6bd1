package dev.sightline.quality.profile;

import dev.sightline.wire.whylogs.BadProfileException;
import dev.sightline.wire.whylogs.ProfileReader;
import dev.sightline.wire.whylogs.WhylogsProfile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// Reads what whylogs clients send: a profile, several behind each other, or a zip of such.
final class SentFiles {
  private static final int MOST_ENTRIES = 1_000;
  private static final int MOST_PROFILES = 2_000;

  /// Of all entries, unpacked.
  private static final int MOST_BYTES = 64 << 20;

  private SentFiles() {}

  /// @throws BadProfileException if these bytes are no profile, or too many
  static List<WhylogsProfile> read(byte[] bytes) {
    boolean zip = bytes.length > 4 && bytes[0] == 'P' && bytes[1] == 'K' && bytes[2] == 3;
    List<WhylogsProfile> profiles = zip ? unzip(bytes) : ProfileReader.read(bytes);
    if (profiles.size() > MOST_PROFILES) {
      throw new BadProfileException(
          profiles.size() + " profiles in one file, the limit is " + MOST_PROFILES);
    }
    return profiles;
  }

  private static List<WhylogsProfile> unzip(byte[] bytes) {
    List<WhylogsProfile> profiles = new ArrayList<>();
    long left = MOST_BYTES;
    int entries = 0;
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (++entries > MOST_ENTRIES) {
          throw new BadProfileException("a zip of more than " + MOST_ENTRIES + " files");
        }
        if (entry.isDirectory()) {
          continue;
        }
        byte[] unpacked = zip.readNBytes((int) left + 1);
        left -= unpacked.length;
        if (left < 0) {
          throw new BadProfileException(
              "a zip that unpacks to more than " + (MOST_BYTES >> 20) + " MB");
        }
        profiles.addAll(ProfileReader.read(unpacked));
      }
    } catch (IOException bad) {
      throw new BadProfileException("a zip that cannot be unpacked: " + bad.getMessage());
    }
    if (profiles.isEmpty()) {
      throw new BadProfileException("a zip without a profile");
    }
    return profiles;
  }
}
