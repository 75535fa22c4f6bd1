package dev.sightline.model.histogram;

/// A run of neighbouring buckets.
///
/// @param offset of the first span the index of its first bucket, of the others the number of
///   buckets left out since the span before
/// @param length how many buckets it has
public record BucketSpan(int offset, int length) {
  public BucketSpan {
    if (length < 0) {
      throw new IllegalArgumentException("span of " + length + " buckets");
    }
  }
}
