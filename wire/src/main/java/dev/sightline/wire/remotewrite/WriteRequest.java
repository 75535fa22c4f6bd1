package dev.sightline.wire.remotewrite;

import dev.sightline.model.label.Labels;
import dev.sightline.model.series.SampleBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What one remote write asks to store.
///
/// Owned by one thread.
public final class WriteRequest {
  private final byte[] bytes;
  private final LabelCache cache;
  private final SampleBatch samples = new SampleBatch();
  private final List<Exemplar> exemplars = new ArrayList<>();
  private final List<Metadata> metadata = new ArrayList<>();
  private Fresh[] fresh = new Fresh[16];
  private int freshCount;
  private int badSamples;
  private @Nullable String problem;

  WriteRequest(byte[] bytes, LabelCache cache) {
    this.bytes = bytes;
    this.cache = cache;
  }

  /// A sample that points to something, mostly a trace.
  public record Exemplar(Labels series, Labels labels, long timestampMs, double value) {}

  /// What a sender says of a family of series.
  ///
  /// @param type as exposition text names it
  public record Metadata(String family, String type, String help, String unit) {}

  /// Labels that were decoded, and where they stand.
  private record Fresh(int offset, int length, Labels labels) {}

  /// The samples of series whose labels make sense.
  public SampleBatch samples() {
    return samples;
  }

  public List<Exemplar> exemplars() {
    return exemplars;
  }

  public List<Metadata> metadata() {
    return metadata;
  }

  /// How many samples belong to series whose labels make no sense, or are native histograms.
  public int badSamples() {
    return badSamples;
  }

  /// What is wrong with the first of them; null if there is none.
  public @Nullable String problem() {
    return problem;
  }

  void refuse(int sampleCount, String why) {
    badSamples += sampleCount;
    problem = problem == null ? why : problem;
  }

  @Nullable Labels known(int offset, int length) {
    return cache.find(bytes, offset, length);
  }

  void decoded(int offset, int length, Labels labels) {
    if (freshCount == fresh.length) {
      fresh = Arrays.copyOf(fresh, freshCount * 2);
    }
    fresh[freshCount++] = new Fresh(offset, length, labels);
  }

  /// Keeps what was decoded for the next request, once the samples are stored.
  ///
  /// @param kept the labels as the store keeps them, or null where it has no such series
  public void remember(Function<Labels, @Nullable Labels> kept) {
    for (int i = 0; i < freshCount; i++) {
      Labels own = kept.apply(fresh[i].labels);
      if (own != null) {
        cache.put(bytes, fresh[i].offset, fresh[i].length, own);
      }
    }
  }
}
