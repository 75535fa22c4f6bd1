package dev.sightline.quality.profile;

import dev.sightline.quality.baseline.Baseline;
import dev.sightline.quality.baseline.Source;
import dev.sightline.stats.sketch.NumberSketch;
import dev.sightline.wire.whylogs.BadProfileException;
import dev.sightline.wire.whylogs.WhylogsProfile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Takes profiles that whylogs clients send, into those of a model or as a reference of it.
///
/// Safe for any number of threads.
public final class Uploads {
  private static final long OLDEST_MS = Duration.ofDays(5 * 365).toMillis();
  private static final long AHEAD_MS = Duration.ofDays(1).toMillis();
  private static final int MOST_COLUMNS = 5_000;

  private final ProfileStore profiles;

  public Uploads(ProfileStore profiles) {
    this.profiles = profiles;
  }

  /// What was sent, read and checked.
  ///
  /// @param profiles with their hours, in the order of the file
  public record Sent(List<Dated> profiles) {
    public Sent {
      profiles = List.copyOf(profiles);
    }
  }

  /// @param timeMs that its rows belong to, Unix milliseconds
  public static final class Dated {
    private final long timeMs;
    private final Profile profile;

    Dated(long timeMs, Profile profile) {
      this.timeMs = timeMs;
      this.profile = profile;
    }
  }

  /// Reads a file.
  ///
  /// @param tags of the segment that the sender named beside it
  /// @param timeMs what the sender named beside it, for profiles that have none
  /// @throws BadProfileException in the user's words
  public Sent read(byte[] bytes, Map<String, String> tags, long timeMs) {
    try {
      return new Sent(
          SentFiles.read(bytes).stream()
              .map(one -> new Dated(time(one, timeMs), profile(one, tags)))
              .toList());
    } catch (IllegalArgumentException bad) {
      throw new BadProfileException(String.valueOf(bad.getMessage()));
    }
  }

  private static Profile profile(WhylogsProfile sent, Map<String, String> tags) {
    if (sent.columns().size() > MOST_COLUMNS) {
      throw new BadProfileException(
          "a profile of " + sent.columns().size() + " columns, the limit is " + MOST_COLUMNS);
    }
    return SentProfiles.profile(sent, tags);
  }

  private long time(WhylogsProfile sent, long timeMs) {
    long time = sent.datasetMs() == 0 ? timeMs : sent.datasetMs();
    long nowMs = profiles.clock().nowMs();
    if (time < nowMs - OLDEST_MS || time > nowMs + AHEAD_MS) {
      throw new BadProfileException(
          "a profile of "
              + java.time.Instant.ofEpochMilli(time)
              + ": it must be of the last 5 years, and not of the future");
    }
    return time;
  }

  /// Merges what was sent with what is kept of the model. When this returns, it would survive a
  /// power cut.
  public void keep(String model, Sent sent) {
    for (Dated each : sent.profiles()) {
      profiles.days().upload(HourKey.of(model, each.timeMs), each.profile);
    }
  }

  /// What was sent as one summary, to compare windows with.
  public static Baseline baseline(Sent sent) {
    SliceProfile all = new SliceProfile(NumberSketch.DAY);
    for (Dated each : sent.profiles()) {
      SliceProfile whole = each.profile.slices().get(new Slice("", ""));
      if (whole != null) {
        all.merge(whole, _ -> true);
      }
    }
    WindowProfile window = new WindowProfile(0, 0, all);
    List<Source> sources = ProfileBaselines.sources(window, Map.of(), Set.of());
    return ProfileBaselines.of(window, sources);
  }
}
