package dev.sightline.predictions.privacy;

/// What is done with the value of a feature or tag before it is written anywhere.
public sealed interface FieldRule {
  record Keep() implements FieldRule {}

  /// As if it had not been sent.
  record Drop() implements FieldRule {}

  /// A text of 32 letters takes its place: the same for the same value, and of no use to whoever
  /// does not have the key.
  record Hash() implements FieldRule {}

  /// @param characters that are left of its text, at least 1
  record Truncate(int characters) implements FieldRule {
    public Truncate {
      if (characters < 1) {
        throw new IllegalArgumentException("truncate must be at least 1");
      }
    }
  }
}
